import { lastDayOf } from '../../calendar/days.ts';
import type { FieldName, ReadDocument, Reading } from '../../documents/document.ts';
import type { Readings } from '../readings.ts';

/** A change of 要介護状態区分 inside the service month. */
export interface LevelChange {
  /** ISO date: the first day of the level the month ends with */
  day: string;
  before: string;
  after: string;
}

/**
 * The change of level inside a month, by the 利用者補足情報 of that month: 要介護状態変更日, or the start of a new period
 * inside the month, with the level before it. Null where the level is the same all month, or the papers do not tell.
 */
export function levelChangeIn(month: string | null | undefined, readings: Readings): LevelChange | null {
  if (!month) return null;
  const first = (field: FieldName): string | undefined => readings.first<string>(field, isMonthly(month));
  const [before, after] = [first('previous_certification'), first('certification')];
  if (!before || !after || before === after) return null;
  const day = [first('level_changed'), first('limit_from')].find((start) => isInside(start, month));
  return day ? { day, before, after } : null;
}

/** The level of a month whose change comes later: the level before it. Undefined without such a change. */
export function levelBeforeLaterChange(month: string | null, readings: Readings): Reading | undefined {
  if (!month) return undefined;
  const changed = readings.first<string>('level_changed', isMonthly(month));
  if (!changed || changed <= lastDayOf(month)) return undefined;
  return readings.of('previous_certification', isMonthly(month))[0];
}

/** Readings of the 利用者補足情報 of the month where it has some, else those of any paper of no other month. */
export function monthlyReadings(readings: Readings, field: FieldName, month: string | null): Reading[] {
  const monthly = month ? readings.of(field, isMonthly(month)) : [];
  return monthly.length > 0 ? monthly : readings.of(field, isOfNoOtherMonth(month));
}

/** 利用者補足情報 of the month: its levels are those of the month, whatever older papers print. */
const isMonthly =
  (month: string) =>
  (document: ReadDocument): boolean =>
    document.kind === 'hosoku_joho' && monthsOf(document).includes(month);

/** 利用者補足情報 of another month tells the level of that month. */
export const isOfNoOtherMonth =
  (month: string | null) =>
  (document: ReadDocument): boolean =>
    document.kind !== 'hosoku_joho' ||
    !month ||
    monthsOf(document).length === 0 ||
    monthsOf(document).includes(month);

const monthsOf = ({ readings }: ReadDocument): unknown[] =>
  readings.filter((r) => r.field === 'service_month').map((r) => r.value);

/** A change on the first day is no change inside the month. */
const isInside = (day: string | undefined, month: string): boolean =>
  day !== undefined && day > `${month}-01` && day <= lastDayOf(month);
