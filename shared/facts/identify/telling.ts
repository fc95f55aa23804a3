import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';

/** Readings by a key of theirs, in order of appearance. */
export function groupBy(readings: Reading[], key: (r: Reading) => string): Map<string, Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const r of readings) groups.set(key(r), [...(groups.get(key(r)) ?? []), r]);
  return groups;
}

/** Where it stands, without the value: findings travel further than documents. */
export function placeText(reading: Reading): string {
  const { file, row, page } = reading.where;
  const at = row ? `${row}行目` : page ? `${page}ページ` : '';
  return `${file ?? '送付票'}${at && ` ${at}`}`;
}

/** The cover says something else than the documents. */
export const differs = (what: string, reading: Reading): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    reading.where,
    `${what}が、送付票と書類（${placeText(reading)}）で違います。書類の記載で審査しました。`,
    `どちらが正しいか確かめ、送付票または書類を直して出し直してください。`,
  );
