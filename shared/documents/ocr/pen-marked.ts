import { optionWords } from '../forms/fields/choices.ts';
import { plainText } from '../forms/text/compact-line.ts';
import type { Box, Point } from '../pages/geometry.ts';
import { type MarkedRuns, markedRuns } from '../pages/page-marks.ts';
import type { Shape } from '../pages/page-shapes.ts';
import type { TextRun } from '../pages/page-text.ts';
import type { PixelBox } from './image/find-rows.ts';
import type { PreparedPage } from './image/prepare-page.ts';

/**
 * The runs of a scanned page with what a pen drew. Letters that touch look like a word with a line through it, so a line
 * counts only where it strikes out an option of a choice.
 */
export function penMarked(runs: TextRun[], page: PenMarks): MarkedRuns {
  const { rings, strikes } = penShapes(page);
  const options = optionWords().map(plainText);
  const isOption = (word: string): boolean =>
    options.some(
      (option) => option === word || (word.length > 1 && (option.includes(word) || word.includes(option))),
    );
  const through = strikes.filter((strike) =>
    markedRuns(runs, [strike]).struck.some((word) => isOption(plainText(word))),
  );
  return markedRuns(runs, [...rings, ...through]);
}

type PenMarks = Pick<PreparedPage, 'image' | 'rings' | 'strikes'>;

/** As the shapes that a PDF would draw, in points. */
function penShapes({ image, rings, strikes }: PenMarks): { rings: Shape[]; strikes: Shape[] } {
  const points = 72 / image.dpi;
  const inPoints = ({ x0, y0, x1, y1 }: PixelBox): Box => ({
    x: x0 * points,
    y: y0 * points,
    right: x1 * points,
    bottom: y1 * points,
  });
  return {
    rings: rings.map((ring) => shape(inPoints(ring), oval)),
    strikes: strikes.map((strike) => shape(levelled(inPoints(strike)), line)),
  };
}

const shape = (box: Box, outline: (box: Box) => Point[]): Shape => ({
  points: outline(box),
  box,
  order: 0,
  hasCurves: outline === oval,
  isFilled: false,
  isStroked: true,
  lightness: null,
  lineWidth: 1,
});

const POINTS = 24;

function oval({ x, y, right, bottom }: Box): Point[] {
  const [cx, cy, rx, ry] = [(x + right) / 2, (y + bottom) / 2, (right - x) / 2, (bottom - y) / 2];
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / POINTS;
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
  });
}

const line = ({ x, y, right, bottom }: Box): Point[] => [
  { x, y },
  { x: right, y: bottom },
];

/** A line that leans counts at the height of its middle. */
function levelled(box: Box): Box {
  const y = (box.y + box.bottom) / 2;
  return { ...box, y: y - 0.5, bottom: y + 0.5 };
}
