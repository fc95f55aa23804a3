import { areaOf, type Box, holdsPoint, type Point } from './geometry.ts';
import { median } from './median.ts';
import type { DrawnSpan, PageDrawing } from './page-drawing.ts';
import { SLANTED, type TextRun } from './page-text.ts';
import { isCardSized } from './pictures.ts';
import { textOf } from './show-text.ts';

/** The text of a page by whether a person sees it. */
export interface SeenRuns {
  seen: TextRun[];
  /** laid invisibly over or under a picture: what another program recognised in it */
  layer: TextRun[];
}

/**
 * Separates the text that leaves ink from the text that does not: invisible, white on white, under a picture or a filled
 * box, in a layer that is switched off, outside of the page. A run of which a part is hidden is cut there.
 */
export function seenRuns(runs: TextRun[], drawing: PageDrawing): SeenRuns {
  const hidden = drawing.spans.filter((span) => isHidden(span, drawing));
  if (hidden.length === 0) return { seen: runs, layer: [] };
  const hiddenSet = new Set(hidden);
  const shown = printed(drawing.spans.filter((span) => !hiddenSet.has(span)));
  const unseen = printed(hidden);
  const pictures = drawing.pictures.map(({ box }) => box).filter(isCardSized);
  const result: SeenRuns = { seen: [], layer: [] };
  for (const run of runs)
    for (const { piece, middle, isSeen } of pieces(run, ofRun(run, unseen), ofRun(run, shown))) {
      if (isSeen) result.seen.push(piece);
      else if (pictures.some((box) => holdsPoint(box, middle))) result.layer.push(piece);
    }
  return result;
}

function isHidden(span: DrawnSpan, drawing: PageDrawing): boolean {
  return (
    (span.isInvisible || isCovered(span, drawing) || isUnlit(span, drawing)) &&
    textOf(span.glyphs).trim() !== ''
  );
}

/** The middle of its letters: what covers it covers the letters. */
const middleOf = ({ x, right, y, bottom }: Box): Point => ({ x: (x + right) / 2, y: (y + bottom) / 2 });

/** Covered by what is painted after it. */
function isCovered({ box, order }: DrawnSpan, { fills, pictures }: PageDrawing): boolean {
  if (fills.length + pictures.length === 0) return false;
  return (
    fills.some((fill) => fill.order > order && fill.isOpaque && holdsPart(fill.box, box)) ||
    pictures.some(
      (picture) => picture.order > order && isCardSized(picture.box) && holdsPart(picture.box, box),
    )
  );
}

/** Part of the letters that must be covered. */
const COVERED = 0.8;
function holdsPart(cover: Box, box: Box): boolean {
  const width = Math.min(cover.right, box.right) - Math.max(cover.x, box.x);
  const height = Math.min(cover.bottom, box.bottom) - Math.max(cover.y, box.y);
  return width > COVERED * (box.right - box.x) && height > COVERED * (box.bottom - box.y);
}

/** Ink and paper differ by less than a person sees. */
const CONTRAST = 0.08;

/** Printed in the color of what is beneath it. */
function isUnlit({ box, order, lightness }: DrawnSpan, { fills, pictures }: PageDrawing): boolean {
  if (lightness === null) return false;
  const isLikeInk = (paper: number | null): boolean =>
    paper !== null && Math.abs(paper - lightness) < CONTRAST;
  if (!isLikeInk(1) && !fills.some((fill) => isLikeInk(fill.lightness))) return false;
  const middle = middleOf(box);
  const beneath = fills.findLast((fill) => fill.order < order && holdsPoint(fill.box, middle));
  const paper = beneath ? (beneath.isOpaque ? beneath.lightness : null) : 1;
  if (!isLikeInk(paper)) return false;
  // over a picture the color of the paper is not known
  return !pictures.some((picture) => picture.order < order && holdsPoint(picture.box, middle));
}

/** A span with its characters, blanks left out. */
interface PrintedSpan {
  span: DrawnSpan;
  own: string;
}

const printed = (spans: DrawnSpan[]): PrintedSpan[] =>
  spans.map((span) => ({ span, own: solid(textOf(span.glyphs)) })).filter(({ own }) => own !== '');

/** The spans that may have printed a run: its text is theirs, or theirs a part of it. */
function ofRun(run: TextRun, spans: PrintedSpan[]): DrawnSpan[] {
  const text = solid(run.text);
  return spans.flatMap(({ span, own }) => (text.includes(own) || own.includes(text) ? [span] : []));
}
const solid = (text: string): string => text.replace(/[\s\u3000]/g, '');

interface Piece {
  piece: TextRun;
  middle: Point;
  isSeen: boolean;
}

/** Directions of the four angles on the page as seen. */
const ALONG = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

function pieces(run: TextRun, hidden: DrawnSpan[], shown: DrawnSpan[]): Piece[] {
  const letters = [...run.text];
  const across = ALONG[run.angle] ?? ALONG[0];
  const isDown = run.down !== undefined;
  // text that runs down turns a quarter to the right
  const along = isDown ? { x: -across.y, y: across.x } : across;
  const advance = run.angle === SLANTED ? 0 : (run.down ?? run.width) / Math.max(1, letters.length);
  // letters that run down have their base line in their middle
  const rise = isDown ? 0 : run.size * 0.36;
  const found: Piece[] = [];
  for (const [i, letter] of letters.entries()) {
    const far = advance * (i + 0.5);
    const middle = {
      x: run.x + along.x * far + across.y * rise,
      y: run.baseline + along.y * far - across.x * rise,
    };
    const isSeen =
      letter.trim() === '' ? (found.at(-1)?.isSeen ?? true) : isLetterSeen(middle, hidden, shown);
    const last = found.at(-1);
    if (last && last.isSeen === isSeen) {
      last.piece.text += letter;
      if (isDown) last.piece.down = (last.piece.down ?? 0) + advance;
      else last.piece.width += advance;
    } else
      found.push({
        piece: {
          ...run,
          text: letter,
          x: run.x + along.x * advance * i,
          baseline: run.baseline + along.y * advance * i,
          ...(isDown ? { down: advance } : { width: advance }),
        },
        middle,
        isSeen,
      });
  }
  return found;
}

function isLetterSeen(middle: Point, hidden: DrawnSpan[], shown: DrawnSpan[]): boolean {
  const here = (span: DrawnSpan): boolean => holdsPoint(reach(span), middle);
  return !hidden.some(here) || shown.some(here);
}

/** The places of letters in a run are only estimated. */
function reach({ box, size }: DrawnSpan): Box {
  const more = size * 0.3;
  return { x: box.x - more, y: box.y, right: box.right + more, bottom: box.bottom };
}

/** A large word laid over others: 控, 写, 見本, 社外秘. It is no part of the lines it crosses. */
const LARGER = 2;
const LONGEST_WATERMARK = 8;

/** The runs with watermarks turned out of the lines of the form. */
export function withoutWatermarks(runs: TextRun[]): TextRun[] {
  const usual = median(runs.map(({ size }) => size));
  const large = runs.filter((run) => run.size > LARGER * usual && run.text.length <= LONGEST_WATERMARK);
  if (large.length === 0) return runs;
  return runs.map((run) =>
    large.includes(run) && runs.some((other) => other !== run && overlaps(run, other))
      ? { ...run, angle: SLANTED }
      : run,
  );
}

function overlaps(mark: TextRun, other: TextRun): boolean {
  const middle = { x: other.x + other.width / 2, y: other.baseline - other.size * 0.36 };
  const box = { x: mark.x, right: mark.x + mark.width, y: mark.baseline - mark.size, bottom: mark.baseline };
  const area = { x: other.x, right: other.x + other.width, y: middle.y - 1, bottom: middle.y + 1 };
  const shared = {
    x: Math.max(box.x, area.x),
    right: Math.min(box.right, area.right),
    y: area.y,
    bottom: area.bottom,
  };
  return mark.size > other.size * 1.5 && middle.y > box.y && middle.y < box.bottom && areaOf(shared) > 0;
}
