import { findGaiji } from '../../../text/normalise.ts';
import type { CsvSource } from '../csv-file.ts';
import type { CsvIssues } from '../csv-issues.ts';
import { findGaijiBytes } from '../decode-csv.ts';
import type { Layout } from '../layout.ts';
import { byteInFile } from '../part-place.ts';
import { REMEDIES } from '../remedies.ts';

/** The number of 外字 of a file shown with their bytes: finding them reads the file from its start. */
const SHOWN = 5;

/** Reports the 外字 (user-defined characters) in a record, with their bytes in a CP932 file. */
export function gaijiCheck(
  { bytes, encoding, spans }: Pick<CsvSource, 'bytes' | 'encoding' | 'spans'>,
  issues: CsvIssues,
): (row: number, cells: string[], layout: Layout | null, isAfterBroken: boolean) => void {
  let count = 0;
  return (row, cells, layout, isAfterBroken) => {
    for (const [i, cell] of cells.entries()) {
      const index = findGaiji(cell);
      if (index < 0) continue;
      // After broken quotes the characters before this one cannot be counted.
      const isCounted = encoding === 'cp932' && !isAfterBroken && count < SHOWN;
      const found = isCounted ? findGaijiBytes(bytes, count) : null;
      count += cell.match(/[\ue000-\uf8ff]/g)?.length ?? 0;
      const code = found
        ? `${found.hex}（Shift_JIS）`
        : `U+${cell.charCodeAt(index).toString(16).toUpperCase()}`;
      const column = { no: i + 1, name: layout?.columns[i]?.name ?? '不明' };
      issues.add(
        'F_CSV_GAIJI',
        'warn',
        { row, column, ...(found ? { byte: byteInFile(spans, found.offset) } : {}) },
        `外字 ${code} があり、どの文字か分かりません`,
        REMEDIES.gaiji,
      );
    }
  };
}
