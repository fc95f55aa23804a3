import type { Where } from './finding.ts';

/** A file as an office calls it: the cover of a packet is the 送付票, also where it came as packet.json. */
export const fileText = (file: string): string => file.replace(/(^|[/\\])packet\.json$/, '$1送付票');

/** The name of a file without its folders; of a file of the standard its type, which a clerk knows it by. */
export function shortName(path: string): string {
  const name = fileText(path.slice(path.lastIndexOf('/') + 1));
  const [, type] = /^((?:UP|DLT)[A-Z0-9]+(?:_SUB\d?|_IMAGE)?)_\d{6}.*\.(?:csv|jpe?g)$/i.exec(name) ?? [];
  return type ?? name;
}

/** File and row or page, as an office reads it; a place without a file is the 送付票. */
export function placeText({ file, row, page }: Where): string {
  const spot = row ? `${row}行目` : page ? `${page}ページ` : '';
  return `${file === undefined ? '送付票' : fileText(file)}${spot && ` ${spot}`}`;
}
