import type { Box } from './geometry.ts';
import type { PageText, TextCell, TextLine } from './page-text.ts';

/** Two parts of a sheet, the first as a person reads: left before right, upper before lower. Each counts from its own corner. */
export type Halves = [PageText, PageText];

/** A sheet for two pages beside each other is this much wider than high. */
const WIDE = 1.2;
/** Where the gap between them is, as parts of the width, and how wide it is at least. */
const MIDDLE = { from: 0.35, to: 0.65 };
const GUTTER = 0.02;

/** Two pages of A4 on one of A3: a wide sheet with a gap from top to bottom that no text crosses. */
export function besideEachOther(page: PageText): Halves | null {
  if (page.width < WIDE * page.height) return null;
  const cells = page.lines.flatMap((line) => line.cells).sort((a, b) => a.x - b.x);
  let best: { at: number; width: number } | null = null;
  let right = 0;
  for (const cell of cells) {
    const [at, width] = [(right + cell.x) / 2, cell.x - right];
    const isGutter =
      width >= GUTTER * page.width && at >= MIDDLE.from * page.width && at <= MIDDLE.to * page.width;
    if (isGutter && (!best || width > best.width)) best = { at, width };
    right = Math.max(right, cell.right);
  }
  if (!best) return null;
  const { at } = best;
  const side = (isIn: (cell: TextCell) => boolean, from: number, width: number): PageText =>
    partOf(
      page,
      { x: from, y: 0 },
      { width, height: page.height },
      page.lines.flatMap((line) => lineOf(line, isIn)),
    );
  return [side(({ x }) => x < at, 0, at), side(({ x }) => x >= at, at, page.width - at)];
}

/** The parts above a line and from it on. */
export function oneAboveOther(page: PageText, line: number): Halves {
  const first = page.lines[line];
  const top = (first?.y ?? 0) - (first?.size ?? 0);
  const { width, height } = page;
  return [
    partOf(page, { x: 0, y: 0 }, { width, height: top }, page.lines.slice(0, line)),
    partOf(page, { x: 0, y: top }, { width, height: height - top }, page.lines.slice(line)),
  ];
}

function lineOf(line: TextLine, isIn: (cell: TextCell) => boolean): TextLine[] {
  const cells = line.cells.filter(isIn);
  if (cells.length === 0) return [];
  return [
    {
      cells,
      text: cells.map(({ text }) => text).join('\t'),
      y: line.y,
      size: Math.max(...cells.map(({ size }) => size)),
    },
  ];
}

/** The page reduced to some of its lines and to one of its parts, which begins at `from`. */
function partOf(
  page: PageText,
  from: { x: number; y: number },
  size: { width: number; height: number },
  lines: TextLine[],
): PageText {
  const moved = ({ x, y, right, bottom }: Box): Box => ({
    x: x - from.x,
    y: y - from.y,
    right: right - from.x,
    bottom: bottom - from.y,
  });
  const isInside = ({ x, y, right, bottom }: Box): boolean =>
    right > 0 && x < size.width && bottom > 0 && y < size.height;
  const imageBoxes = page.imageBoxes?.map(moved).filter(isInside);
  return {
    ...page,
    ...size,
    lines: lines.map((line) => ({
      ...line,
      y: line.y - from.y,
      cells: line.cells.map((cell) => ({
        ...cell,
        x: cell.x - from.x,
        right: cell.right - from.x,
        y: cell.y - from.y,
        ...(cell.box && { box: moved(cell.box) }),
      })),
    })),
    ...(imageBoxes && { imageBoxes, hasImages: imageBoxes.length > 0 }),
  };
}
