import type { CsvName } from '../../packet/standard-csv-name.ts';
import { carryDown } from './carry-down.ts';
import { readCell } from './checks/cells.ts';
import { fileNameCheck } from './checks/file-name.ts';
import { negativeNumberCheck } from './checks/negative-numbers.ts';
import { numberCheck } from './checks/numbers.ts';
import { checkPeriod } from './checks/period.ts';
import { checkPlanner } from './checks/planner.ts';
import { repeatedRowCheck } from './checks/repeated-rows.ts';
import { checkService } from './checks/service.ts';
import { versionCheck } from './checks/version.ts';
import type { CsvIssues } from './csv-issues.ts';
import type { Layout } from './layout.ts';
import { CheckedRow, isTotal, RowReadings } from './row-readings.ts';
import type { CsvVersion } from './versions.ts';

/** Reads the rows of one file by its layout: cells → values → checks → readings. */
export class RowReader {
  readonly readings: RowReadings;
  /** images the rows name */
  readonly images: { name: string; row: number }[] = [];
  /** rows read */
  count = 0;
  readonly #layout: Layout;
  readonly #issues: CsvIssues;
  readonly #serviceIndex: number;
  readonly #carryDown: (values: string[]) => void;
  readonly #checks: ((row: CheckedRow) => void)[];
  readonly #fileName: ReturnType<typeof fileNameCheck>;

  constructor(file: string, layout: Layout, generation: CsvVersion['generation'], issues: CsvIssues) {
    this.#layout = layout;
    this.#issues = issues;
    this.#serviceIndex = layout.columns.findIndex(({ key }) => key === 'service');
    this.#carryDown = carryDown(layout);
    this.readings = new RowReadings(file, (place, message) => issues.fold(place, message));
    const numbers = numberCheck(issues);
    this.#fileName = fileNameCheck(layout, numbers, this.readings, issues);
    this.#checks = [
      versionCheck(generation, issues),
      numbers.check,
      (row) => checkService(row, issues),
      (row) => checkPeriod(row, issues),
      (row) => checkPlanner(row, issues),
      repeatedRowCheck(layout, issues),
      negativeNumberCheck(layout, issues),
      this.#fileName.note,
    ];
  }

  read(row: number, cells: string[]): void {
    // Total rows of a 別表 leave most items empty; only certain marks count for them.
    const isSum = this.#layout.type === 'UPSIKYU' && isTotal(cells[this.#serviceIndex] ?? '');
    const values = this.#layout.columns.map((column, i) =>
      readCell({ row, column }, cells[i] ?? '', isSum, this.#issues),
    );
    this.#carryDown(values);
    const checked = new CheckedRow(row, this.#layout, values, cells);
    this.count++;
    for (const check of this.#checks) check(checked);
    const image = this.#layout.type === 'UPKIHON' ? checked.get('image').trim() : '';
    if (image) this.images.push({ name: image, row });
    this.readings.addRow(checked);
  }

  /** Compares the file name with the rows, and reads what only the name holds. */
  /** @param months of the file that was sent, where it has several */
  compareName(name: CsvName, months: string[] = []): void {
    this.#fileName.compare(name, months);
  }

  /** Adds the readings that only the whole file shows. */
  finish(): void {
    this.readings.finish();
  }
}
