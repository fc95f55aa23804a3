import { addMonths } from '../calendar/days.ts';
import { monthText } from '../facts/history-text.ts';
import type { ServiceMonth } from '../facts/identify/find-month.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { type RecordedMonth, wasUsed } from '../vocabulary/history.ts';
import { categoryLabel } from '../vocabulary/labels.ts';
import type { Decision } from './verdict.ts';

/**
 * Papers of a month that arrive after those of a later one: a later decision is named where it rested on another
 * category of this month, or on none, and this one can change it. Who reviews this month judges the later one again.
 */
export function laterMonthNotes(
  { identity, later }: { identity: { month: Pick<ServiceMonth, 'value'> }; later: RecordedMonth[] },
  { category }: Pick<Decision, 'category'>,
): Finding[] {
  const month = identity.month.value;
  if (!month || category === null) return [];
  return later
    .filter((one) => restedOnOther(one, month, category) && canChange(one, month, category, later))
    .map((one) => noteOn(one, month, category));
}

/** False where the version is of an earlier program, which did not keep what it rested on. */
const restedOnOther = ({ rested_on }: RecordedMonth, month: string, category: string): boolean =>
  rested_on !== undefined && rested_on.find((one) => one.month === month)?.category !== category;

/** A switch looks at the last month with use; an add-on looks further back. */
function canChange(one: RecordedMonth, month: string, category: string, later: RecordedMonth[]): boolean {
  if (one.addons && one.addons.length > 0) return true;
  const between = later.filter((other) => other.month < one.month);
  const follows =
    one.month === addMonths(month, between.length + 1) && between.every((b) => wasUsed(b) === false);
  return follows && one.category !== null && one.category !== category;
}

function noteOn(later: RecordedMonth, month: string, category: string): Finding {
  const basis = later.rested_on?.find((one) => one.month === month);
  const was = basis
    ? `${monthText(month)}を「${categoryLabel(basis.category)}」とみて`
    : `${monthText(month)}の記録がないまま`;
  const [now, after] = [categoryLabel(category), monthText(later.month)];
  return fileFinding(
    'F_FACT_LATER_MONTH',
    'review',
    {},
    `${after}分は、${was}先に審査しています。この提出で${monthText(month)}の区分は「${now}」となるため、${after}分の区分の切り替え、届出、加算の判断が変わることがあります。`,
    `${after}分の審査結果を、${monthText(month)}の区分に照らして担当者が確かめます。届出や加算が変わる場合は、${after}分を出し直してください。`,
  );
}
