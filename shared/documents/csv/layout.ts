import type { CsvType } from '../../packet/standard-csv-name.ts';
import type { DocumentKind } from '../../vocabulary/document-kinds.ts';
import type { FieldName } from '../document.ts';

/**
 * What a column holds. `text` is free text, `name` a person's name (異体字 are folded), `kana` its reading,
 * `zero-date` and `zero-month` also allow only zeros, which the standard writes for "does not apply here"; `end-date`
 * allows a day of the year 9999, which programs write for "without end".
 */
export type Format =
  | 'text'
  | 'name'
  | 'kana'
  | 'version'
  | 'insurer'
  | 'insured'
  | 'office'
  | 'date'
  | 'zero-date'
  | 'end-date'
  | 'month'
  | 'zero-month'
  | 'time'
  | 'code'
  | 'kind'
  | 'service'
  | 'integer'
  | 'decimal'
  | 'days'
  | 'postal'
  | 'plain';

export interface Column {
  /** number in the layout, from 1 */
  no: number;
  /** item name as the standard prints it */
  name: string;
  /** name of the column in this code */
  key: string;
  /** 項目長; null for free text */
  length: number | null;
  /**
   * ○ of 必須: `certain`. ○* (the row of the mark was inferred when the PDF was read): `inferred`. ○ of 必要 alone, whose
   * meaning the standard does not tell: `needed`. No mark: null
   */
  required: 'certain' | 'inferred' | 'needed' | null;
  format: Format;
  /** allowed codes with their meaning */
  codes: Readonly<Record<string, string>> | null;
  /** the reading this column gives; its value is the code's meaning when `meaning` is set */
  field: FieldName | null;
  meaning: boolean;
}

export interface Layout {
  type: CsvType;
  /** title a clerk knows it by */
  title: string;
  kind: DocumentKind | null;
  columns: readonly Column[];
  /** key of the column that joins it to its set, beside insurer and insured number */
  joins: 'date' | 'month';
  /** keys of columns printed once and blank on the rows after it, with the columns whose change ends the block */
  carried: readonly { until: readonly string[]; keys: readonly string[] }[];
  /** column whose key holds the month, for month files */
  months: string | null;
}

const MARKS = { '!': 'certain', '?': 'inferred', '-': 'needed' } as const;

type ColumnOptions = Partial<Pick<Column, 'field' | 'meaning' | 'codes' | 'required'>> & { format?: Format };
export type ColumnDraft = Omit<Column, 'no'>;

/** One column of a fixed length. `need`: `!` ○ certain, `?` ○ inferred, `-` ○ of 必要 alone, `` no mark. */
export function item(
  name: string,
  key: string,
  length: number,
  need: keyof typeof MARKS | '',
  options: ColumnOptions = {},
): ColumnDraft {
  return {
    name,
    key,
    length,
    required: need === '' ? null : MARKS[need],
    format: options.format ?? (options.codes ? 'code' : 'plain'),
    codes: options.codes ?? null,
    field: options.field ?? null,
    meaning: options.meaning ?? false,
  };
}

/** One column of free text. */
export const text = (name: string, key: string, options: ColumnOptions = {}): ColumnDraft => ({
  ...item(name, key, 0, '', { format: 'text', ...options }),
  length: null,
  required: options.required ?? null,
});

export const date = (
  name: string,
  key: string,
  need: '!' | '?' | '' = '',
  field: FieldName | null = null,
): ColumnDraft => item(name, key, 8, need, { format: 'date', field });

/** The last day of a period, which may be without end. */
export const endDate = (name: string, key: string, field: FieldName | null = null): ColumnDraft =>
  item(name, key, 8, '', { format: 'end-date', field });

export const number = (columns: readonly ColumnDraft[]): Column[] =>
  columns.map((column, i) => ({ ...column, no: i + 1 }));
