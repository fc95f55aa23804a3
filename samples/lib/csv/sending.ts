import { type Case, planner } from '../model.ts';
import type { CsvHabits, CsvType } from './write-csv.ts';

/** One sending unit: from, to, their service kinds and the 14-digit stamp all its files share. */
export interface Sending {
  from: string;
  fromKind: string;
  to: string;
  toKind: string;
  stamp: string;
  /** format of the sender's program; by default that of the standard */
  habits?: CsvHabits;
}

/** 43 居宅介護支援 and 46 介護予防支援: the standard does not print the kind of a center. */
export const sendingOf = (c: Case, stamp: string): Sending => ({
  from: planner(c).number,
  fromKind: c.office ? '43' : '46',
  to: c.center.number,
  toKind: '46',
  stamp,
});

export function csvFileName(type: CsvType, sending: Sending, month?: string): string {
  const middle = month === undefined ? '' : `${month.replace('-', '')}_`;
  if (sending.habits?.version === '202208')
    return `${type}_${middle}${sending.from}_${sending.to}_${sending.stamp}.CSV`;
  return `${type}_${middle}${sending.from}_${sending.fromKind}_${sending.to}_${sending.toKind}_${sending.stamp}.CSV`;
}
