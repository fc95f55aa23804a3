import { textWidth } from '../../../shared/documents/office/office-file.ts';
import type { OfficeSheet } from './documents-query.ts';

type Cell = OfficeSheet['cells'][number];

/** The font of this page is wider than the letters are taken to be (textWidth). */
const WIDER = 1.2;
/** Height of a line in letters, and the steps by which letters get smaller, in points. */
const LINE = 1.2;
const STEP = 0.5;
const SMALLEST = 3;

/** Width in which a cell may show its text: as in a spreadsheet it runs on over empty cells at its right. */
export function roomOf(cell: Cell, { cells, width }: OfficeSheet): number {
  const next = cells.filter(
    (other) => other !== cell && other.x >= cell.right && other.y < cell.bottom && other.bottom > cell.y,
  );
  const free = Math.min(width, ...next.map(({ x }) => x)) - cell.x;
  const own = cell.right - cell.x;
  return Math.min(free, Math.max(own, longest(cell.text, cell.size) * WIDER + cell.size));
}

const longest = (text: string, size: number): number =>
  Math.max(...text.split('\n').map((line) => textWidth(line, size)));

/** Letters small enough that the text fits in its cell. */
export function letterSize({ text, size, y, bottom }: Cell, width: number): number {
  for (let letter = size; letter > SMALLEST; letter -= STEP) {
    const lines = text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil((textWidth(line, letter) * WIDER) / width)), 0);
    if (lines * letter * LINE <= Math.max(bottom - y, letter * LINE)) return letter;
  }
  return SMALLEST;
}
