import type { CsvName } from '../../../packet/standard-csv-name.ts';
import { isOfficeNumberSound } from '../../check-digits.ts';
import type { CsvIssues, Place } from '../csv-issues.ts';
import type { Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow, RowReadings } from '../row-readings.ts';
import type { NumberCheck } from './numbers.ts';

/** Distinct values of a column, with the first place of each. */
type Values = Map<string, Place>;

/** Columns the file name is compared with. */
const COMPARED = ['month', 'office', 'updated_by', 'provider'] as const;
type Compared = (typeof COMPARED)[number];

/** Columns one of which holds the sender's number. */
const SENDER_COLUMNS: Partial<Record<Layout['type'], Compared[]>> = {
  UPPLAN: ['office', 'updated_by'],
  UPJSK: ['provider', 'office', 'updated_by'],
  UPSIKYU: ['updated_by'],
  UP1KYO: ['office', 'updated_by'],
};

export interface FileNameCheck {
  note(row: CheckedRow): void;
  /** @param months of the file that was sent, where it has several */
  compare(name: CsvName, months: string[]): void;
}

/** Compares the file name with the rows, and reads the sender and the receiver, which only the name holds. */
export function fileNameCheck(
  { type }: Layout,
  numbers: NumberCheck,
  readings: RowReadings,
  issues: CsvIssues,
): FileNameCheck {
  const seen: Record<Compared, Values> = {
    ...{ month: new Map(), office: new Map() },
    ...{ updated_by: new Map(), provider: new Map() },
  };
  return {
    note(row) {
      for (const key of COMPARED) {
        const value = row.get(key);
        if (value !== '' && !seen[key].has(value))
          seen[key].set(value, { row: row.row, column: row.column(key) });
      }
    },
    compare(name, months) {
      const [from, to] = [name.from.padStart(10, '0'), name.to.padStart(10, '0')];
      readings.ofFile('sender_number', from);
      readings.ofFile('receiver_number', to);
      compareMonths(type, name, { seen: seen.month, sent: months }, issues);
      const senders = (SENDER_COLUMNS[type] ?? []).flatMap((key) => [...seen[key]]);
      compareSender(from, senders, issues);
      for (const [label, number] of [['送信元', from] as const, ['送信先', to] as const])
        if (!numbers.has(number)) checkDigit(label, number, issues);
    },
  };
}

/**
 * A file of several months that has records of the month in its name has more than its name says, and no record is of a
 * month in doubt: its records were split by month. Any other month than that of the name is one of two that disagree.
 */
function compareMonths(
  type: Layout['type'],
  name: CsvName,
  { seen, sent }: { seen: Values; sent: string[] },
  issues: CsvIssues,
): void {
  for (const [month, place] of seen) {
    const isOfPlan = type === 'UPHOSOKU' && /^0+$/.test(month);
    if (!name.month || month === name.month || isOfPlan) continue;
    if (sent.includes(name.month)) {
      const all = sent.map((one) => `「${one}」`).join('');
      const message = `ファイル名の年月は「${name.month}」ですが、対象年月${all}の行があります。行の対象年月で分けて審査しました`;
      issues.add('F_CSV_NAME', 'info', place, message, REMEDIES.months, 'months');
      continue;
    }
    const message = `対象年月「${month}」が、ファイル名の年月「${name.month}」と違います`;
    issues.add('F_CSV_NAME', 'warn', place, message, REMEDIES.name, 'month');
  }
}

function compareSender(from: string, senders: [string, Place][], issues: CsvIssues): void {
  const [first] = senders;
  if (!first || senders.some(([number]) => number === from)) return;
  const message = `事業所番号「${first[0]}」が、ファイル名の送信元「${from}」と違います`;
  issues.add('F_CSV_NAME', 'warn', first[1], message, REMEDIES.name, 'sender');
}

function checkDigit(label: '送信元' | '送信先', number: string, issues: CsvIssues): void {
  if (isOfficeNumberSound(number)) return;
  const message = `ファイル名の${label}「${number}」のチェックデジット（最後の1桁）が計算と合いません`;
  issues.add('F_CSV_CHECK_DIGIT', 'info', { row: 0 }, message, REMEDIES.checkDigit, label);
}
