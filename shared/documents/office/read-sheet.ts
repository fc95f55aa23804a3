import {
  type CellObject,
  type Range,
  read,
  set_cptable,
  utils,
  type WorkBook,
  type WorkSheet,
} from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { Box } from '../pages/geometry.ts';
import { NEXT_IN_BOX } from '../pages/page-text.ts';
import { isCardSized } from '../pages/pictures.ts';
import { TooLargeFile, UnreadableFile } from '../unreadable-file.ts';
import { isRich, type Look, richText, type SheetLooks, sheetLooks } from './cell-looks.ts';
import { dateText, isDateFormat } from './date-text.ts';
import { blankPage, largest, type OfficeFile, type OfficePage, textWidth, UNREAD } from './office-file.ts';
import { hasOldDrawings, oldLooks } from './old-workbook.ts';
import { openLooks } from './open-looks.ts';
import { type SheetDrawing, sheetDrawings } from './sheet-drawings.ts';

// A workbook of before 1997 is in the code page of its Windows.
set_cptable(codePages);

/** Cells of one workbook; more is a fault or an attack, no form prints as many. */
const MOST_CELLS = 200_000;
const MOST_ROWS = 20_000;
/** Of a sheet of Excel: a drawing beyond is at its edge. */
const MOST_COLUMNS = 16_384;
const LAST_ROW = 1_048_576;
/** The letters of a cell, in points: the library gives no fonts. */
const SIZE = 10;
/** Of columns and rows that say nothing, in points. */
const USUAL_WIDTH = 48;
const USUAL_HEIGHT = 13.5;
/** Of a row in which no letter can be read, in points. */
const LOWEST = 2;

/**
 * The sheets of a workbook that are shown, each a page, with every cell in its box. Macros are neither read nor run.
 * @throws UnreadableFile where it cannot be opened or is larger than any form
 */
export function readSheet(bytes: Uint8Array): OfficeFile {
  const book = openBook(bytes);
  const drawings = sheetDrawings(bytes);
  const looks = looksIn(bytes);
  const file: OfficeFile = { pages: [], pictures: [] };
  const unseen: string[] = [];
  let cells = 0;
  for (const [number, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    const isHidden = (book.Workbook?.Sheets?.[number]?.Hidden ?? 0) !== 0;
    if (!sheet?.['!data']) continue;
    cells += countCells(sheet);
    if (cells > MOST_CELLS || (sheet['!data'][MOST_ROWS]?.length ?? 0) > 0)
      throw new TooLargeFile('一つのファイルに読み取れるセルの数を超えています。');
    const look = looks.get(name);
    const grid = new Grid(sheet, look && look.header.length > 0 ? 3 * SIZE : 0);
    const page = readPage(name, grid, book, look);
    if (isHidden) {
      for (const { text } of page.cells) unseen.push(text);
      for (const text of page.hidden) unseen.push(text);
      continue;
    }
    place(drawings.get(name) ?? [], grid, page, file);
    if (page.cells.length > 0 || page.unread.size > 0) file.pages.push(page);
    else for (const text of page.hidden) unseen.push(text);
  }
  // A workbook that shows nothing is still searched for what may not be kept.
  if (unseen.length > 0 && file.pages.length === 0) file.pages.push(blankPage(book.SheetNames[0] ?? null));
  const [first] = file.pages;
  for (const text of unseen) first?.hidden.push(text);
  if (first && hasOldDrawings(bytes)) first.unread.add(UNREAD.drawings);
  return file;
}

function looksIn(bytes: Uint8Array): Map<string, SheetLooks> {
  if (bytes[0] === 0xd0) return oldLooks(bytes);
  const looks = sheetLooks(bytes);
  return looks.size > 0 ? looks : openLooks(bytes);
}

function openBook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellStyles: true,
      cellNF: true,
      cellHTML: false,
      bookVBA: false,
      // one more than may be: a longer sheet is refused, not cut off
      sheetRows: MOST_ROWS + 1,
    });
  } catch (cause) {
    const isLocked = cause instanceof Error && /password|encrypt/i.test(cause.message);
    throw new UnreadableFile(
      isLocked ? 'パスワードで保護されています。' : 'ファイルが途中で切れているか、壊れています。',
      cause,
    );
  }
}

const countCells = (sheet: WorkSheet): number =>
  (sheet['!data'] ?? []).reduce((sum, row) => sum + (row ? Object.keys(row).length : 0), 0);

/** Where the columns and rows of a sheet are, in points; hidden ones have no width. */
class Grid {
  readonly sheet: WorkSheet;
  /** joined cells, by the first of them */
  readonly #joined = new Map<string, Range>();
  readonly #xs: number[] = [0];
  readonly #ys: number[];

  /** @param top where the first row begins: below what is printed above it */
  constructor(sheet: WorkSheet, top: number) {
    this.sheet = sheet;
    this.#ys = [top];
    for (const joined of sheet['!merges'] ?? []) {
      const first = utils.encode_cell(joined.s);
      if (!this.#joined.has(first)) this.#joined.set(first, joined);
    }
  }

  x(at: number): number {
    const column = Math.min(at, MOST_COLUMNS);
    while (this.#xs.length <= column) {
      const info = this.sheet['!cols']?.[this.#xs.length - 1];
      this.#xs.push((this.#xs.at(-1) ?? 0) + (info?.hidden ? 0 : info?.wpx ? info.wpx * 0.75 : USUAL_WIDTH));
    }
    return this.#xs[column] ?? 0;
  }

  y(at: number): number {
    const row = Math.min(at, LAST_ROW);
    while (this.#ys.length <= row) {
      const info = this.sheet['!rows']?.[this.#ys.length - 1];
      this.#ys.push((this.#ys.at(-1) ?? 0) + (info?.hidden ? 0 : (info?.hpt ?? USUAL_HEIGHT)));
    }
    return this.#ys[row] ?? 0;
  }

  isHidden(row: number, column: number): boolean {
    const [high, wide] = [this.sheet['!rows']?.[row], this.sheet['!cols']?.[column]];
    return (
      high?.hidden === true ||
      (high?.hpt ?? USUAL_HEIGHT) < LOWEST ||
      wide?.hidden === true ||
      wide?.width === 0
    );
  }

  /** The box of a cell, or of all that are joined with it. */
  box(row: number, column: number): Box {
    const end = this.#joined.get(utils.encode_cell({ r: row, c: column }))?.e ?? { r: row, c: column };
    return { x: this.x(column), y: this.y(row), right: this.x(end.c + 1), bottom: this.y(end.r + 1) };
  }
}

function readPage(name: string, grid: Grid, book: WorkBook, looks?: SheetLooks): OfficePage {
  const page = blankPage(name);
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  for (const [row, cells] of (grid.sheet['!data'] ?? []).entries())
    for (const [key, cell] of Object.entries(cells ?? {})) {
      const column = Number(key);
      if (!cell) continue;
      const text = cellText(cell as CellObject, is1904);
      if (text === null) page.unread.add(UNREAD.formulas);
      for (const { t } of cell.c ?? []) if (t) page.hidden.push(t);
      if (!text) continue;
      const address = utils.encode_cell({ r: row, c: column });
      const written = looks?.rich.get(address) ?? (typeof cell.r === 'string' ? cell.r : '');
      const isShown = !grid.isHidden(row, column) && !showsNothing(cell as CellObject);
      if (!isShown) page.hidden.push(text);
      else takeCell(page, { text, written, look: looks?.cells.get(address) }, grid.box(row, column));
    }
  if (looks) takeMargins(page, looks);
  page.width = largest(
    page.cells.map(({ box, right }) => Math.max(right, box?.right ?? 0)),
    595,
  );
  page.height = largest(
    page.cells.map(({ box }) => box?.bottom ?? 0),
    842,
  );
  return page;
}

/** A cell as it looks: what is in the color of its paper is not seen, and a line takes words away. */
function takeCell(
  page: OfficePage,
  { text, written, look }: { text: string; written: string; look: Look | undefined },
  box: Box,
): void {
  const rich = isRich(written) ? richText(written) : null;
  if (look === 'unseen') page.hidden.push(text);
  else if (look === 'struck') page.struck.push(text);
  else if (!rich || rich.seen + rich.unseen + rich.struck === '') page.cells.push(textCell(text, box));
  else {
    if (rich.unseen.trim() !== '') page.hidden.push(rich.unseen);
    if (rich.struck.trim() !== '') page.struck.push(rich.struck.trim());
    if (rich.seen.trim() !== '') page.cells.push(textCell(rich.seen.trim(), box));
  }
}

/** What is printed above and below the cells. */
function takeMargins(page: OfficePage, { header, footer, unseen, hasPicture }: SheetLooks): void {
  page.hidden.push(...unseen);
  const bottom = largest(page.cells.map(({ box }) => box?.bottom ?? 0));
  const line = (texts: string[], y: number): void => {
    let x = 0;
    for (const text of texts) {
      const width = textWidth(text, SIZE);
      page.cells.push({ text, x, right: x + width, y, size: SIZE });
      x += width + 4 * SIZE;
    }
  };
  line(header, SIZE);
  line(footer, bottom + 2 * SIZE);
  if (hasPicture) page.unread.add(UNREAD.drawings);
}

const textCell = (text: string, box: Box) => ({
  text: text.replace(/\r?\n/g, NEXT_IN_BOX),
  x: box.x + 2,
  right: box.x + 2 + textWidth(text, SIZE),
  y: (box.y + box.bottom) / 2,
  size: SIZE,
  box,
});

/** What a person sees in a cell. Null: a formula whose result was not saved. */
function cellText(cell: CellObject, is1904: boolean): string | null {
  if (cell.v === undefined || cell.v === null) return cell.f ? null : '';
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const format = String(cell.z ?? '');
    if (isDateFormat(format)) return dateText(cell.v, format, is1904);
    // A long number is shown as a power of ten where its column is narrow; what it is stays known.
    if (Number.isInteger(cell.v) && /E\+/.test(cell.w ?? '')) return String(cell.v);
  }
  return String(cell.w || cell.v).trim();
}

/** A format with no part for what is in the cell, or one that writes it in white. */
const showsNothing = ({ v, w, z }: CellObject): boolean =>
  (w === '' && v !== '') || /\[(?:white|白|(?:color|色) ?2)\]/i.test(String(z ?? ''));

/** Shapes with text are read where they are; pictures are pages of their own; the rest is reported. */
function place(drawings: SheetDrawing[], grid: Grid, page: OfficePage, file: OfficeFile): void {
  for (const { from, to, text, picture, unread } of drawings) {
    const [x, y] = [grid.x(from.column) + from.dx, grid.y(from.row) + from.dy];
    const box = {
      x,
      y,
      right: 'width' in to ? x + to.width : grid.x(to.column) + to.dx,
      bottom: 'height' in to ? y + to.height : grid.y(to.row) + to.dy,
    };
    if (unread) page.unread.add(unread);
    if (text) page.cells.push(textCell(text, box));
    if (picture) {
      page.pictures.push(box);
      if (isCardSized(box)) file.pictures.push({ part: picture });
    }
  }
}
