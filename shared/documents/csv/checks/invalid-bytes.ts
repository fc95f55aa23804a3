import type { CsvSource } from '../csv-file.ts';
import type { CsvIssues } from '../csv-issues.ts';
import { decodeCsv, ENCODING_NAMES, type InvalidBytes } from '../decode-csv.ts';
import type { Layout } from '../layout.ts';
import { LAYOUTS } from '../layouts.ts';
import { parseRows } from '../parse-rows.ts';
import { byteInFile, rowInFile } from '../part-place.ts';
import { REMEDIES } from '../remedies.ts';

/** Reports the byte that could not be decoded, with its record and column. */
export function reportInvalidBytes(
  invalid: InvalidBytes,
  source: CsvSource,
  chosen: Layout | null,
  issues: CsvIssues,
): void {
  const { row, column } = placeOf(invalid.offset, source);
  const offset = byteInFile(source.spans, invalid.offset);
  const layout = chosen ?? (source.name && LAYOUTS[source.name.type]);
  const name = layout?.columns[column - 1]?.name ?? '不明';
  issues.add(
    'F_CSV_ENCODING',
    'error',
    { row, column: { no: column, name }, byte: offset },
    messageOf({ offset, hex: invalid.hex }, source),
    REMEDIES.encoding,
  );
}

function messageOf(
  { offset, hex }: Pick<InvalidBytes, 'offset' | 'hex'>,
  { bytes, encoding }: CsvSource,
): string {
  const [a, b] = bytes;
  const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (isUtf16) return 'UTF-16（「Unicodeテキスト」）で書かれていて、読めません';
  const name = ENCODING_NAMES[encoding];
  const tried = name ? `${name}として` : 'Shift_JIS（CP932）としてもUTF-8としても';
  // People count from 1.
  const place = (offset + 1).toLocaleString('ja-JP');
  return `先頭から ${place} バイト目の ${hex} が、${tried}読めません`;
}

/** The record and column of a byte, by reading everything before it once more. */
function placeOf(offset: number, { bytes, encoding, spans }: CsvSource): { row: number; column: number } {
  let place = { row: 1, column: 1 };
  const before = [...decodeCsv(bytes.subarray(0, offset), encoding)].join('');
  for (const { row, cells, broken } of parseRows([`${before}?`]))
    place = { row, column: broken?.column ?? cells.length };
  return { ...place, row: rowInFile(spans, place.row) };
}
