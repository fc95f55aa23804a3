import type { Where } from './finding.ts';

/** A file as an office calls it: the cover of a packet is the 送付票, also where it came as packet.json. */
export const fileText = (file: string): string => file.replace(/(^|[/\\])packet\.json$/, '$1送付票');

/** File and row or page, as an office reads it; a place without a file is the 送付票. */
export function placeText({ file, row, page }: Where): string {
  const spot = row ? `${row}行目` : page ? `${page}ページ` : '';
  return `${file === undefined ? '送付票' : fileText(file)}${spot && ` ${spot}`}`;
}
