import type { ServiceUse } from '../documents/document.ts';
import { endedKindByName } from '../documents/forms/fields/service-names.ts';
import { type EndedKind, endedBefore, isManagedKind, kindByName } from '../documents/service-kinds.ts';

/** The kind of a service follows from its code, or where it has none from its printed name. */
type NamedService = Pick<ServiceUse, 'name' | 'code' | 'beyond_limit'>;

/** The two characters of the kind, by the code or by the printed name. */
const kindOf = ({ code, name }: NamedService): string | null =>
  code?.slice(0, 2) ?? endedKindByName(name) ?? kindByName(name);

/** Whether a service is on the 給付管理票. A short stay beyond the days the insurance pays is paid by the person. */
export function isManaged(service: NamedService): boolean {
  const kind = kindOf(service);
  return !service.beyond_limit && (kind === null || isManagedKind(kind));
}

/** The sentence of a service whose kind ended before the month (ISO), as the office reads it. Null: it goes on. */
export function endedSentence(service: NamedService, month: string): string | null {
  const kind = kindOf(service);
  const ended = kind && endedBefore(kind, month);
  return ended ? describeEnded(service, ended) : null;
}

function describeEnded({ name, code }: NamedService, { name: kind, until, becomes }: EndedKind): string {
  const [year, month] = until.split('-');
  const printed = code ? `${kind}（サービスコード ${code}）` : name;
  return `「${printed}」（${year}年${Number(month)}月で終了${becomes ? `。今は「${becomes}」` : ''}）`;
}
