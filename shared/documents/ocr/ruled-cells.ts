import type { Box } from '../pages/geometry.ts';
import { type PageRules, soundRules } from '../pages/page-rules.ts';
import type { PixelBox } from './image/find-rows.ts';
import type { PreparedPage } from './image/prepare-page.ts';

/** A gap in a rule, in inches: faint print, a stroke that crosses it, a seal. Two tables are further from each other. */
const GAP = 0.12;
/** Pieces of one rule are as far as this from one line, in inches. */
const ASIDE = 0.015;

/** The ruled lines of a scanned page, in points, their pieces joined: the boxes of its tables, as a PDF draws them. */
export function ruledCells({ rules: { levels, uprights }, image: { dpi } }: PreparedPage): PageRules {
  const points = 72 / dpi;
  const inPoints = ({ x0, x1, y0, y1 }: PixelBox): Box => ({
    x: x0 * points,
    right: x1 * points,
    y: y0 * points,
    bottom: y1 * points,
  });
  const across = levels.map(turned);
  const down = uprights.map(({ x, y0, y1 }) => ({ x0: x, x1: x + 1, y0, y1 }));
  return soundRules({
    across: joined(across, dpi).map(turned).map(inPoints),
    down: joined(down, dpi).map(inPoints),
  });
}

const turned = ({ x0, x1, y0, y1 }: PixelBox): PixelBox => ({ x0: y0, x1: y1, y0: x0, y1: x1 });

/** Upright pieces, those of one line as one. */
function joined(pieces: PixelBox[], dpi: number): PixelBox[] {
  const [gap, aside] = [GAP * dpi, ASIDE * dpi];
  const lines: PixelBox[] = [];
  for (const piece of pieces.toSorted((a, b) => a.y0 - b.y0)) {
    const line = lines.find(
      (each) =>
        piece.y0 - each.y1 <= gap &&
        Math.max(piece.x0 - each.x1, each.x0 - piece.x1) <= aside &&
        Math.abs(piece.x0 + piece.x1 - each.x0 - each.x1) <= 4 * aside,
    );
    if (!line) lines.push({ ...piece });
    else
      Object.assign(line, {
        x0: Math.min(line.x0, piece.x0),
        x1: Math.max(line.x1, piece.x1),
        y1: Math.max(line.y1, piece.y1),
      });
  }
  return lines;
}
