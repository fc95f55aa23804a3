import type { Reading, ServiceUse } from '../../documents/document.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import { endedSentence, isManaged } from '../services-used.ts';
import type { FactSources } from './fact-sources.ts';
import { servicesOfMonth } from './read-services.ts';

/** What the kinds of the services tell: which ended before the month, and which are on no 給付管理票. */
export function readServiceKinds({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const { planned, actual } = servicesOfMonth({ readings, identity });
  const used = actual.length > 0 ? actual : planned;
  const yobo = used.filter((r) => serviceIn(r).class === 'yobo_kyufu');
  const areManaged = (services: Reading[]): boolean => services.map(serviceIn).some(isManaged);
  return found([
    endedFact([...actual, ...planned, ...readings.of('service_named')], identity.month.value),
    readFact('flags.managed_service_used', used, areManaged(used)),
    readFact('flags.managed_yobo_used', yobo, areManaged(yobo)),
    beyondLimitFact(used),
  ]);
}

const serviceIn = ({ value }: Reading): ServiceUse =>
  typeof value === 'string' ? { name: value, class: 'unknown' } : (value as ServiceUse);

/** The services whose kind ended before the month. */
function endedFact(services: Reading[], month: string | null): Fact | undefined {
  if (!month) return undefined;
  const ended = services.flatMap((reading) => {
    const sentence = endedSentence(serviceIn(reading), month);
    return sentence ? [{ reading, sentence }] : [];
  });
  const sentences = [...new Set(ended.map(({ sentence }) => sentence))].sort();
  return readFact(
    'services_ended',
    ended.map(({ reading }) => reading),
    sentences.join('、'),
  );
}

function beyondLimitFact(used: Reading[]): Fact | undefined {
  const beyond = used.filter((r) => serviceIn(r).beyond_limit);
  const names = [...new Set(beyond.map((r) => serviceIn(r).name))];
  return readFact('services_beyond_limit', beyond, names.join('、'));
}
