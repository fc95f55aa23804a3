import type { CsvIssues } from '../csv-issues.ts';
import type { Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';

/** Texts that tell who wrote a form and when, and nothing of the person. */
const ADMINISTRATIVE = new Set([
  'file_number',
  'office_name',
  'office_address',
  'center_name',
  'address',
  'consulted_by_other',
  'image',
  'time',
  'since',
]);

/**
 * Whether any record of a form has contents. The standard requires the numbers and dates of a form and none of the texts its
 * planner writes, so a form without any is well-formed, and a spreadsheet leaves out columns that are empty.
 */
export class ContentCheck {
  #first: number | null = null;
  #hasContent = false;
  readonly #layout: Layout;
  readonly #texts: Layout['columns'];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#texts = isForm(layout)
      ? layout.columns.filter(
          ({ required, format, key }) => required === null && format === 'text' && !ADMINISTRATIVE.has(key),
        )
      : [];
  }

  look(row: number, cells: string[]): void {
    this.#first ??= row;
    this.#hasContent ||= this.#texts.some(({ no }) => (cells[no - 1] ?? '').trim() !== '');
  }

  /** A person looks at a form in which no record has contents. */
  report(issues: CsvIssues): void {
    const [text] = this.#texts;
    if (!text || this.#first === null || this.#hasContent) return;
    const message = `${this.#layout.title}の内容が書かれていません。「${text.name}」など文章を書く${this.#texts.length}列が、どの行でも空です`;
    issues.add('F_CSV_REQUIRED', 'warn', { row: this.#first }, message, REMEDIES.noContent, 'no content');
  }
}

/** A form its planner fills in. What counts in a file of services is in required columns. */
const isForm = ({ joins, kind }: Layout): boolean => joins === 'date' && kind !== null;
