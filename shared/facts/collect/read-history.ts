import { addMonths } from '../../calendar/days.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { HistoryMonth } from '../../vocabulary/history.ts';
import { CATEGORY_NAMES } from '../../vocabulary/names.ts';
import { previousCategoryOf } from '../derive/previous-category.ts';
import type { Evidence, Fact } from '../fact.ts';
import { factValue, usableValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { monthText } from '../history-text.ts';
import { assumedFact, knownFact } from '../make-fact.ts';
import type { FactSources, KnownFacts } from './fact-sources.ts';

/** Earlier months the records are asked for: two periods of monitoring, the longest any rule looks back. */
const MONTHS_BACK = 6;
/** Later months that may be decided already: as many as a switch or an add-on looks back. */
const MONTHS_AHEAD = 2;

/** The months before and after `month` that the records are asked for. */
export const monthsAround = (month: string): string[] => [
  ...Array.from({ length: MONTHS_BACK }, (_, i) => addMonths(month, i - MONTHS_BACK)),
  ...laterMonths(month),
];

export const laterMonths = (month: string): string[] =>
  Array.from({ length: MONTHS_AHEAD }, (_, i) => addMonths(month, i + 1));

/**
 * The earlier months of the person: those of the records, and those only the cover lists. The records win over the
 * cover, and a difference is a finding.
 */
export function readHistory({
  facts,
  recorded,
  identity,
}: Pick<FactSources & KnownFacts, 'facts' | 'recorded' | 'identity'>): Found {
  const month = usableValue<string>(identity.month.shown) ?? identity.month.value;
  const listed = factValue<HistoryMonth[]>(facts, 'history') ?? [];
  const added = listed.filter((one) => !recorded.some((known) => known.month === one.month));
  const months = [...recorded, ...added]
    .map((one) => withOffice(one, identity.office_number))
    .toSorted((a, b) => a.month.localeCompare(b.month));
  if (months.length === 0) return found([]);
  const history = historyFact(months, recorded, added.length > 0 ? facts.get('history') : undefined);
  const before = month ? previousCategoryOf(new Map([[history.path, history]]), month) : undefined;
  const counts = isOfRecords(before) || !facts.has('previous_category');
  return {
    ...found([history, counts ? before : undefined], contradictions(listed, recorded)),
    others: before && !counts ? [before] : [],
  };
}

const withOffice = (one: HistoryMonth, office: string | null): HistoryMonth => ({
  ...one,
  same_office: one.same_office ?? (one.office_number && office ? one.office_number === office : null),
});

/** Known where every month is of the records; assumed where the sender adds some. */
function historyFact(months: HistoryMonth[], recorded: HistoryMonth[], listed: Fact | undefined): Fact {
  const evidence: Evidence[] = recorded.map(({ month }) => ({ source: 'record', where: {}, raw: month }));
  const reason = `受付の記録（${recorded.map(({ month }) => month).join('、') || 'なし'}）`;
  return listed
    ? assumedFact('history', months, `${reason}と送付票の記載`, [...evidence, ...listed.evidence])
    : knownFact('history', months, reason, evidence);
}

const isOfRecords = (fact: Fact | undefined): boolean =>
  fact?.evidence.some(({ source }) => source === 'record') === true;

function contradictions(listed: HistoryMonth[], recorded: HistoryMonth[]): Finding[] {
  return listed.flatMap((one) => {
    const known = recorded.find(({ month }) => month === one.month);
    return known && one.category !== known.category ? [contradiction(one, known)] : [];
  });
}

const contradiction = (listed: HistoryMonth, recorded: HistoryMonth): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    { file: 'packet.json' },
    `${monthText(listed.month)}の区分が、送付票（${nameOf(listed.category)}）と受付の記録（${nameOf(recorded.category)}）で違います。受付の記録で審査しました。`,
    'その月の提出内容を確かめ、送付票の記載が誤っていれば直して出し直してください。受付の記録が誤っていれば、その月の書類を出し直してください。',
  );

const nameOf = (category: string | null): string =>
  category ? (CATEGORY_NAMES[category as Category] ?? category) : '利用なし';
