import { habits } from './print-habits.ts';

/**
 * A form as data: pages of marks. The forms draw into this, and each PDF writer reads it,
 * so that any form can have an embedded font, a font that is not embedded, or be a scanned page.
 * Units are points, the origin is the upper left corner.
 */
export type Mark =
  | { kind: 'text'; x: number; y: number; size: number; text: string; bold: boolean; grey: number }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; width: number }
  | { kind: 'rect'; x: number; y: number; w: number; h: number; width: number; fill: number | null }
  | { kind: 'circle'; x: number; y: number; r: number; width: number };

export interface Page {
  width: number;
  height: number;
  marks: Mark[];
}

const A4 = { short: 595.28, long: 841.89 };

export const newPage = (landscape = false): Page => ({
  width: landscape ? A4.long : A4.short,
  height: landscape ? A4.short : A4.long,
  marks: [],
});

/** BIZ UDGothic has a fixed pitch: half an em for ASCII and half-width kana, one em for the rest. */
const charWidth = (char: string): number => (/[\u0020-\u007e\uff61-\uff9f]/.test(char) ? 0.5 : 1);
const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, char) => sum + charWidth(char), 0) * size;

/** Characters that may not begin a line (行頭禁則). */
const NEVER_FIRST = new Set('、。，．・：；？！）」』】〉》ー々ゃゅょっャュョッ%,.)');

/** Breaks a text into lines no wider than `width`; `\n` breaks too. */
function wrapText(text: string, size: number, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const char of paragraph) {
      if (line !== '' && textWidth(line + char, size) > width && !NEVER_FIRST.has(char)) {
        lines.push(line);
        line = '';
      }
      line += char;
    }
    return [...lines, line];
  });
}

export interface CellStyle {
  size?: number;
  align?: 'left' | 'center' | 'right';
  valign?: 'top' | 'middle';
  bold?: boolean;
  /** shaded like the label cells of a printed form */
  label?: boolean;
  border?: boolean;
}

const LEADING = 1.25;
const PADDING = 2.5;
const LABEL_GREY = 0.92;

export function putText(
  page: Page,
  x: number,
  y: number,
  text: string,
  style: { size?: number; bold?: boolean } = {},
) {
  if (text === '') return;
  page.marks.push({ kind: 'text', x, y, text, size: style.size ?? 9, bold: style.bold ?? false, grey: 0 });
}

/** A box with text inside, wrapped to its width. */
export function putCell(
  page: Page,
  x: number,
  y: number,
  w: number,
  h: number,
  text: string,
  style: CellStyle = {},
) {
  const size = style.size ?? 8;
  if (style.border ?? true)
    page.marks.push({ kind: 'rect', x, y, w, h, width: 0.5, fill: style.label ? LABEL_GREY : null });
  const lines = wrapText(text, size, w - PADDING * 2);
  const height = lines.length * size * LEADING;
  const top = (style.valign ?? 'middle') === 'middle' ? y + Math.max(1, (h - height) / 2) : y + PADDING;
  lines.forEach((line, i) => {
    const slack = w - PADDING * 2 - textWidth(line, size);
    const shift = style.align === 'center' ? slack / 2 : style.align === 'right' ? slack : 0;
    putText(page, x + PADDING + Math.max(0, shift), top + i * size * LEADING, line, {
      size,
      bold: style.bold ?? false,
    });
  });
}

/** Height a text needs in a cell of this width. */
const cellHeight = (text: string, w: number, size = 8): number =>
  wrapText(text, size, w - PADDING * 2).length * size * LEADING + PADDING * 2;

export type TableCell = string | (CellStyle & { text: string; span?: number });

const asCell = (cell: TableCell): CellStyle & { text: string; span?: number } =>
  typeof cell === 'string' ? { text: cell } : cell;

/** Shorthand for a shaded label cell. */
export const label = (text: string, span = 1): TableCell => ({ text, span, label: true, align: 'center' });

/**
 * A table: `widths` of the columns, rows of cells (a cell may span columns). Rows grow with their text,
 * never below `minHeight`. Returns the y below the table.
 */
export function putTable(
  page: Page,
  x: number,
  y: number,
  widths: number[],
  rows: TableCell[][],
  options: { size?: number; minHeight?: number } = {},
): number {
  const size = options.size ?? 8;
  let top = y;
  for (const row of rows) {
    let column = 0;
    const cells = row.map((cell) => {
      const c = asCell(cell);
      const span = c.span ?? 1;
      const left = x + sum(widths.slice(0, column));
      const w = sum(widths.slice(column, column + span));
      column += span;
      return { ...c, left, w };
    });
    const height = Math.max(
      options.minHeight ?? 16,
      ...cells.map((c) => cellHeight(c.text, c.w, c.size ?? size)),
    );
    for (const c of cells) putCell(page, c.left, top, c.w, height, c.text, { ...c, size: c.size ?? size });
    top += height;
  }
  return top;
}

export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/** A centered title. Returns the y below it. */
export function putTitle(page: Page, y: number, text: string, size = 14): number {
  putText(page, (page.width - textWidth(text, size)) / 2, y, text, { size, bold: true });
  return y + size * 1.6;
}

/** Paragraphs of running text. Returns the y below them. */
export function putParagraph(page: Page, x: number, y: number, w: number, text: string, size = 9): number {
  const lines = wrapText(text, size, w);
  lines.forEach((line, i) => {
    putText(page, x, y + i * size * 1.5, line, { size });
  });
  return y + lines.length * size * 1.5 + 2;
}

/** A personal seal: the family name in a ring. */
export function putSeal(page: Page, x: number, y: number, name: string): void {
  page.marks.push({ kind: 'circle', x, y, r: 9, width: 0.9 });
  const [family = name] = name.split(' ');
  [...family].slice(0, 2).forEach((char, i) => {
    putText(page, x - 3.5, y - 7.5 + i * 7.5, char, { size: 7 });
  });
}

/** 「■新規　□変更」: the ticked one of several boxes. */
export const boxes = (options: string[], ticked: string | null): string =>
  options.map((option) => `${tick(option === ticked)}${option}`).join('　');

/** One box, ticked or not. */
export const tick = (on: boolean): string => habits().ticks[on ? 0 : 1];
