import { isInsurerNumberSound, isOfficeNumberSound } from '../../check-digits.ts';
import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

export interface NumberCheck {
  check(row: CheckedRow): void;
  /** the rows of the file hold this number */
  has(number: string): boolean;
}

/** Written where a service has no provider with a number. */
const NO_OFFICE = '9999999999';

/** Check digits of insurers and offices, each number once. */
export function numberCheck(issues: CsvIssues): NumberCheck {
  const checked = new Set<string>();
  return {
    has: (number) => checked.has(number),
    check(row) {
      for (const column of row.layout.columns) {
        if (column.format !== 'insurer' && column.format !== 'office') continue;
        const number = row.values[column.no - 1] ?? '';
        if (number === '' || number === NO_OFFICE || checked.has(number)) continue;
        checked.add(number);
        const isSound =
          column.format === 'insurer' ? isInsurerNumberSound(number) : isOfficeNumberSound(number);
        if (!isSound)
          issues.add(
            'F_CSV_CHECK_DIGIT',
            'info',
            { row: row.row, column },
            `「${number}」のチェックデジット（最後の1桁）が計算と合いません`,
            REMEDIES.checkDigit,
          );
      }
    },
  };
}
