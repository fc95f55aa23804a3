import type { Where } from './finding.ts';

/** File and row or page, as an office reads it; a place without a file is the 送付票. */
export function placeText({ file, row, page }: Where): string {
  const spot = row ? `${row}行目` : page ? `${page}ページ` : '';
  return `${file ?? '送付票'}${spot && ` ${spot}`}`;
}
