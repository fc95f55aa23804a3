import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { placeText as placeOf } from '../../findings/place-text.ts';

/** Readings by a key of theirs, in order of appearance. */
export function groupBy(readings: Reading[], key: (r: Reading) => string): Map<string, Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const r of readings) groups.set(key(r), [...(groups.get(key(r)) ?? []), r]);
  return groups;
}

/** Certain readings by their value. */
export const certainValues = (readings: Reading[]): Map<string, Reading[]> =>
  groupBy(
    readings.filter((r) => !r.uncertain),
    (r) => String(r.value),
  );

/** File and row or page of a reading, without its value: findings travel further than documents. */
export const placeText = ({ where }: Reading): string => placeOf(where);

/** The cover gives another value than the documents. */
export const differsFromCover = (label: string, reading: Reading): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    reading.where,
    `${label}が、送付票と書類（${placeText(reading)}）で違います。書類の記載で審査しました。`,
    `どちらが正しいか確かめ、送付票または書類を直して出し直してください。`,
  );
