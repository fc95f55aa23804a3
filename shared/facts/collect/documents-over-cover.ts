import type { ServiceUse } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { foldKey } from '../../text/normalise.ts';
import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { Fact, ReadonlyFacts } from '../fact.ts';
import { type Found, found } from '../found.ts';

/**
 * The documents' facts that count: a known one wins over the cover, and a difference is a finding.
 * A conflicting or assumed one counts only where the cover gives none.
 */
export function documentsOverCover(cover: ReadonlyFacts, shown: Fact[]): Found {
  return found(
    shown.filter((fact) => fact.state === 'known' || !cover.has(fact.path)),
    shown.filter((fact) => isContradicted(fact, cover.get(fact.path))).map(contradiction),
  );
}

/** The days of decision and receipt are our own: what the cover gives for them is no contradiction. */
const DESK_DATES = new Set(['dates.today', 'dates.received']);

function isContradicted(fact: Fact, given: Fact | undefined): boolean {
  if (!given || DESK_DATES.has(fact.path) || fact.state !== 'known') return false;
  return fact.evidence.some((e) => e.source === 'document') && disagree(fact.path, given.value, fact.value);
}

/** Lists and groups of the cover are shorthand: only classes of services and plain values are compared. */
function disagree(path: string, given: unknown, read: unknown): boolean {
  if (path.startsWith('services_')) return classesOf(given) !== classesOf(read);
  if (path === 'notification.form')
    return !foldKey(String(read)).includes(foldKey(String(given)).replace(/\(.*$/, ''));
  if (path === 'notification' || Array.isArray(read) || (typeof read === 'object' && read !== null))
    return false;
  return given !== read;
}

const classesOf = (services: unknown): string =>
  [...new Set((services as ServiceUse[]).map((s) => s.class))].sort().join();

const contradiction = (fact: Fact): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    fact.evidence.find((e) => e.where.file)?.where ?? {},
    `「${factLabel(fact.path)}」が、送付票と書類で違います。書類の記載で審査しました。`,
    'どちらが正しいか確かめ、送付票または書類を直して出し直してください。',
  );
