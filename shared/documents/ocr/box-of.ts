import { compactLines, plainText } from '../forms/text/compact-line.ts';
import type { TextCell } from '../pages/page-text.ts';
import type { OcrPage } from './ocr-text.ts';

/** Room left around a value in the crop, as a part of the height of its letters. */
const MARGIN = 0.5;

/**
 * The position of a value on the page as it was sent (fractions: left, top, width, height), for showing the crop.
 * Undefined when the text is not found on one line.
 */
export function boxOf(raw: string, page: OcrPage): [number, number, number, number] | undefined {
  const wanted = plainText(raw.replace(/\s/g, ''));
  if (wanted === '') return undefined;
  for (const compact of compactLines(page)) {
    const { line } = compact;
    const at = compact.text.indexOf(wanted);
    if (at < 0) continue;
    const end = compact.cells[at + wanted.length - 1] ?? 0;
    const boxed = boxAround(line.cells.slice(compact.cells[at], end + 1));
    if (boxed) return asSent(page, boxed);
    const left = compact.xs[at] ?? 0;
    const right = compact.xs[at + wanted.length] ?? 0;
    const cell = line.cells[end];
    const edge = compact.cells[at + wanted.length] === end ? right : (cell?.right ?? right);
    const around = line.size * MARGIN;
    return asSent(page, {
      x0: left - around,
      y0: line.y - line.size / 2 - around,
      x1: edge + around,
      y1: line.y + line.size / 2 + around,
    });
  }
  return undefined;
}

/** The whole box of a table: where in it a line of the text is, its cell no longer tells. */
function boxAround(cells: TextCell[]): Rectangle | null {
  const boxes = cells.flatMap(({ box }) => box ?? []);
  if (boxes.length === 0 || boxes.length < cells.length) return null;
  return {
    x0: Math.min(...boxes.map(({ x }) => x)),
    y0: Math.min(...boxes.map(({ y }) => y)),
    x1: Math.max(...boxes.map(({ right }) => right)),
    y1: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

interface Rectangle {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Undoes the straightening: the rectangle around the place on the page as it was sent, in fractions. */
function asSent(page: OcrPage, place: Rectangle): [number, number, number, number] {
  const { width, height, quarters } = page;
  const angle = (page.skew * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const points = [
    [place.x0, place.y0],
    [place.x1, place.y0],
    [place.x0, place.y1],
    [place.x1, place.y1],
  ].map(([x = 0, y = 0]) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    const u = (cos * dx + sin * dy + width / 2) / width;
    const v = (-sin * dx + cos * dy + height / 2) / height;
    return turnBack(u, v, quarters);
  });
  const [us, vs] = [points.map(([u]) => clamp(u)), points.map(([, v]) => clamp(v))];
  const [left, top] = [Math.min(...us), Math.min(...vs)];
  return [round(left), round(top), round(Math.max(...us) - left), round(Math.max(...vs) - top)];
}

/** A place on the turned page, in fractions, on the page before it was turned clockwise by quarters. */
function turnBack(u: number, v: number, quarters: number): [number, number] {
  if (quarters === 1) return [v, 1 - u];
  if (quarters === 2) return [1 - u, 1 - v];
  return quarters === 3 ? [1 - v, u] : [u, v];
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
