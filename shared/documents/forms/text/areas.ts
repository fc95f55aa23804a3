import type { TextCell } from '../../pages/page-text.ts';
import { type CompactLine, plainText } from './compact-line.ts';
import type { FormText } from './form-text.ts';

/** Text of an area that spans lines: a column under its heading, a tall row of a table. */
export interface Area {
  text: string;
  page: number;
}

interface PlacedCell {
  cell: TextCell;
  text: string;
  line: CompactLine;
}

const cellsOf = (lines: CompactLine[]): PlacedCell[] =>
  lines.flatMap((line) => line.line.cells.map((cell) => ({ cell, text: plainText(cell.text), line })));

const overlaps = (a: TextCell, b: TextCell): boolean => a.x < b.right && b.x < a.right;

/** Everything under a column heading, wrapped lines joined, up to the first wide gap. */
export function columnBelow(form: FormText, heading: string): Area | null {
  const cells = cellsOf(form.lines);
  const at = cells.findIndex(({ text }) => text === heading);
  const head = cells[at];
  if (!head) return null;
  const column = cells.slice(at + 1).filter(({ cell }) => overlaps(cell, head.cell));
  const own = column.filter(({ line }) => line.page === head.line.page);
  // a heading at the foot of a page, its rows on the next
  const overleaf = own.length === 0 ? column.filter(({ line }) => line.page === head.line.page + 1) : [];
  const below = [...own, ...overleaf];
  const left = head.line.line.cells.findLast((cell) => cell.right <= head.cell.x);
  let bottom = overleaf[0]?.cell.y ?? head.cell.y;
  let text = '';
  for (const { cell, text: part } of below) {
    // the heading's cell may be tall, so the first line may be further away than the lines are from each other
    if (cell.y - bottom > (text === '' ? 8 : 3) * cell.size) break;
    text += left && cell.x < left.right - cell.size ? ownPart(cell, part) : part;
    bottom = cell.y;
  }
  return text === '' ? null : { text, page: below[0]?.line.page ?? head.line.page };
}

/** A full line of the column to the left and a line of this one, so close that they read as one: what follows the blank. */
function ownPart(cell: TextCell, whole: string): string {
  const blank = cell.text.trimEnd().lastIndexOf(' ');
  return blank > 0 ? plainText(cell.text.slice(blank + 1)) : whole;
}

/**
 * A table whose first column names its rows. Returns the text of each row in the order of `names`, null for a row the
 * form does not have. A row's text follows its name in the first column, else is to the right of it.
 */
export function namedRows(form: FormText, names: { begins: RegExp; name: RegExp }[]): (Area | null)[] {
  const cells = cellsOf(form.lines);
  const heads = names.map(({ begins }) => cells.find(({ text }) => begins.test(text)));
  const present = heads.filter((head): head is PlacedCell => head !== undefined);
  if (present.length < 2) return names.map(() => null);
  return heads.map((head, i) => {
    if (!head) return null;
    const same = cells.filter(({ line }) => line.page === head.line.page);
    const ys = present.filter(({ line }) => line.page === head.line.page).map(({ cell }) => cell.y);
    const next = Math.min(...ys.filter((y) => y > head.cell.y), head.cell.y + rowHeight(ys));
    const before = Math.max(...ys.filter((y) => y < head.cell.y), head.cell.y - rowHeight(ys));
    const own = contiguous(
      same.filter(({ cell }) => cell.y >= head.cell.y - 1 && cell.y < next - 1 && overlaps(cell, head.cell)),
    )
      .map(({ text }) => text)
      .join('')
      .replace((names[i] as { name: RegExp }).name, '');
    const otherHead = Math.min(
      ...present
        .filter(({ cell, line }) => line === head.line && cell.x >= head.cell.right)
        .map(({ cell }) => cell.x),
    );
    const right = byColumns(
      same
        .filter(
          ({ cell }) =>
            cell.x >= head.cell.right &&
            cell.x < otherHead &&
            cell.y > (before + head.cell.y) / 2 &&
            cell.y < (next + head.cell.y) / 2,
        )
        .map(({ cell, text }) => ({ x: cell.x, right: cell.right, text })),
    ).join(' ');
    const text = own || right || inBoxBeneath(head, same);
    return text === '' ? null : { text, page: head.line.page };
  });
}

/** A table with its headings above their texts: the box beneath, as wide as the heading's. */
function inBoxBeneath({ cell: { box } }: PlacedCell, cells: PlacedCell[]): string {
  const isSame = (a: number, b: number): boolean => Math.abs(a - b) < SAME_EDGE;
  const beneath = cells.find(
    ({ cell }) =>
      box &&
      cell.box &&
      isSame(cell.box.x, box.x) &&
      isSame(cell.box.right, box.right) &&
      isSame(cell.box.y, box.bottom),
  );
  return beneath?.text ?? '';
}

/** Points within which the edges of two boxes are the same edge. */
const SAME_EDGE = 3;

/** Lines that follow each other without a gap: one cell. */
function contiguous(cells: PlacedCell[]): PlacedCell[] {
  const end = cells.findIndex(
    ({ cell }, i) => i > 0 && cell.y - (cells[i - 1] as PlacedCell).cell.y > 2.2 * cell.size,
  );
  return end < 0 ? cells : cells.slice(0, end);
}

/** The greatest distance between the names of two rows. */
function rowHeight(ys: number[]): number {
  const sorted = [...ys].sort((a, b) => a - b);
  const distances = sorted.slice(1).map((y, i) => y - (sorted[i] as number));
  return distances.length > 0 ? Math.max(...distances) : 60;
}

/**
 * Texts of several lines, given from top to bottom, put together column by column from left to right.
 * A column is where the extents of cells overlap.
 */
export function byColumns(cells: { x: number; right: number; text: string }[]): string[] {
  const columns: { x: number; right: number }[] = [];
  for (const cell of [...cells].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && cell.x < last.right) last.right = Math.max(last.right, cell.right);
    else columns.push({ x: cell.x, right: cell.right });
  }
  return columns.map(({ x, right }) =>
    cells
      .filter((cell) => cell.x >= x && cell.x < right)
      .map((cell) => cell.text)
      .join(''),
  );
}
