import type { Reading, ServiceUse } from '../../documents/document.ts';
import { endedKindByName } from '../../documents/forms/fields/service-names.ts';
import { type EndedKind, endedBefore, isManagedKind, kindByName } from '../../documents/service-kinds.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';
import { servicesOfMonth } from './read-services.ts';

/** What the kinds of the services tell: which ended before the month, and which are on no 給付管理票. */
export function readServiceKinds({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const { planned, actual } = servicesOfMonth({ readings, identity });
  const used = actual.length > 0 ? actual : planned;
  const yobo = used.filter((r) => serviceIn(r).class === 'yobo_kyufu');
  return found([
    endedFact([...actual, ...planned, ...readings.of('service_named')], identity.month.value),
    readFact('flags.managed_service_used', used, used.some(isManaged)),
    readFact('flags.managed_yobo_used', yobo, yobo.some(isManaged)),
    beyondLimitFact(used),
  ]);
}

const serviceIn = ({ value }: Reading): ServiceUse =>
  typeof value === 'string' ? { name: value, class: 'unknown' } : (value as ServiceUse);

/** The two characters of the kind, by the code or by the printed name. */
const kindOf = ({ code, name }: ServiceUse): string | null =>
  code?.slice(0, 2) ?? endedKindByName(name) ?? kindByName(name);

/** A short stay beyond the days the insurance pays is paid by the person. */
function isManaged(reading: Reading): boolean {
  const service = serviceIn(reading);
  const kind = kindOf(service);
  return !service.beyond_limit && (kind === null || isManagedKind(kind));
}

/** The services whose kind ended before the month, each as the office reads it. */
function endedFact(services: Reading[], month: string | null): Fact | undefined {
  if (!month) return undefined;
  const ended = services.flatMap((reading) => {
    const kind = kindOf(serviceIn(reading));
    const found = kind && endedBefore(kind, month);
    return found ? [{ reading, sentence: describeEnded(serviceIn(reading), found) }] : [];
  });
  const sentences = [...new Set(ended.map(({ sentence }) => sentence))].sort();
  return readFact(
    'services_ended',
    ended.map(({ reading }) => reading),
    sentences.join('、'),
  );
}

const describeEnded = ({ name, code }: ServiceUse, { name: kind, until, becomes }: EndedKind): string => {
  const [year, month] = until.split('-');
  const printed = code ? `${kind}（サービスコード ${code}）` : name;
  return `「${printed}」（${year}年${Number(month)}月で終了${becomes ? `。今は「${becomes}」` : ''}）`;
};

function beyondLimitFact(used: Reading[]): Fact | undefined {
  const beyond = used.filter((r) => serviceIn(r).beyond_limit);
  const names = [...new Set(beyond.map((r) => serviceIn(r).name))];
  return readFact('services_beyond_limit', beyond, names.join('、'));
}
