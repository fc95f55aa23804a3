import { type Finding, fileFinding, type Severity } from '../../findings/finding.ts';
import type { FindingCode } from '../../findings/finding-codes.ts';
import type { Column } from './layout.ts';

/** Where in a file: a row, and in it a column. */
export interface Place {
  row: number;
  column?: Pick<Column, 'no' | 'name'> | undefined;
  byte?: number;
}

interface Issue {
  code: FindingCode;
  severity: Severity;
  first: Place;
  message: string;
  remedy: string;
  rows: number[];
  count: number;
}

/**
 * Findings of one file. Equal ones in one column are one finding with their number and the first five places, so that a
 * file with ten thousand wrong rows gives a letter people can read.
 */
export class CsvIssues {
  readonly #file: string;
  readonly #issues = new Map<string, Issue>();
  readonly #folded: { place: Place; message: string }[] = [];
  #foldedCount = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @param kind separates issues of one code and column that are not the same */
  add(code: FindingCode, severity: Severity, place: Place, message: string, remedy: string, kind = ''): void {
    const key = `${code} ${severity} ${place.column?.no ?? ''} ${kind}`;
    const existing = this.#issues.get(key);
    if (!existing) {
      this.#issues.set(key, { code, severity, first: place, message, remedy, rows: [], count: 1 });
      return;
    }
    existing.count++;
    if (existing.rows.length < 4) existing.rows.push(place.row);
  }

  /** A value whose characters were changed for reading. */
  fold(place: Place, message: string): void {
    this.#foldedCount++;
    if (this.#folded.length < 5) this.#folded.push({ place, message });
  }

  findings(): Finding[] {
    const found = [...this.#issues.values()].map((issue) =>
      fileFinding(issue.code, issue.severity, this.#where(issue.first), this.#message(issue), issue.remedy),
    );
    const first = this.#folded[0];
    if (first)
      found.push(
        fileFinding(
          'F_FILE_NORMALISED',
          'info',
          this.#where(first.place),
          `${this.#file} の文字を読み替えました: ${this.#folded.map(({ place, message }) => `${placeText(place)} ${message}`).join('、')}${more(this.#foldedCount - this.#folded.length)}。`,
          '読み替えが正しければ、対応は不要です。',
        ),
      );
    return found;
  }

  #where({ row, column, byte }: Place): Finding['where'] {
    return {
      file: this.#file,
      ...(row > 0 ? { row } : {}),
      ...(column ? { column: column.no, column_name: column.name } : {}),
      ...(byte === undefined ? {} : { byte }),
    };
  }

  #message({ first, message, rows, count }: Issue): string {
    const others = count - 1;
    const named = rows.map((row) => `${row}行目`).join('、');
    const rest = others > rows.length ? ' など' : '';
    return `${this.#file}${first.row > 0 || first.column ? ` ${placeText(first)}` : ''}: ${message}。${others > 0 ? `ほかに ${others} か所（${named}${rest}）。` : ''}`;
  }
}

const placeText = ({ row, column }: Place): string =>
  `${row}行目${column ? ` ${column.no}列「${column.name}」` : ''}`;

const more = (count: number): string => (count > 0 ? ` ほか ${count} か所` : '');
