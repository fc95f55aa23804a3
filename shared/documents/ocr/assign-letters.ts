import type { Stretch } from './ink-stretches.ts';
import type { OcrLetter } from './ocr-engine.ts';

/** Latin letters and digits are half as wide as others; signs leave half of their square without ink. */
const NARROW = /[\x20-\x7e\uff61-\uff9f、。，．・（）「」]/u;
/** Cost of the distance of letters from their ink, against letters that fill it badly. */
const DISTANCE_COST = 0.5;

export interface AssignedStretch {
  stretch: Stretch;
  letters: OcrLetter[];
}

/**
 * Gives every stretch of ink its letters, in order: as many as fill it, preferring those nearby. A stretch may stay
 * without letters (ink that was not read). Dynamic programming over stretches and letters.
 */
export function assignLetters(letters: OcrLetter[], stretches: Stretch[], size: number): AssignedStretch[] {
  const widths = runningSums(letters.map(({ text }) => (NARROW.test(text) ? 0.5 : 1)));
  let costs = [0, ...letters.map(() => Number.POSITIVE_INFINITY)];
  const choices: number[][] = [];
  for (const stretch of stretches) {
    const room = (stretch.to - stretch.from) / size + 0.08;
    const distances = runningSums(letters.map((letter) => distanceFrom(stretch, letter) / size));
    const next = cheapestStarts(costs, (cost, from, to) => {
      const misfit = between(widths, from, to) - room;
      return cost + misfit * misfit + DISTANCE_COST * between(distances, from, to);
    });
    costs = next.costs;
    choices.push(next.starts);
  }
  return traceBack(letters, stretches, choices);
}

/** For each count of letters: the least cost to assign them when the last stretch gets those after `starts`. */
function cheapestStarts(
  costs: number[],
  addCost: (cost: number, from: number, to: number) => number,
): { costs: number[]; starts: number[] } {
  const next = costs.map(() => Number.POSITIVE_INFINITY);
  const starts = costs.map(() => 0);
  for (let to = 0; to < costs.length; to++)
    for (let from = 0; from <= to; from++) {
      const cost = addCost(costs[from]!, from, to);
      if (cost < next[to]!) {
        next[to] = cost;
        starts[to] = from;
      }
    }
  return { costs: next, starts };
}

function traceBack(letters: OcrLetter[], stretches: Stretch[], choices: number[][]): AssignedStretch[] {
  const assigned: AssignedStretch[] = [];
  let to = letters.length;
  for (const [i, stretch] of [...stretches.entries()].reverse()) {
    const from = choices[i]?.[to] ?? 0;
    if (to > from) assigned.unshift({ stretch, letters: letters.slice(from, to) });
    to = from;
  }
  return assigned;
}

function distanceFrom(stretch: Stretch, { x0, x1 }: OcrLetter): number {
  const middle = (x0 + x1) / 2;
  return Math.max(0, stretch.from - middle, middle - stretch.to);
}

/** `[a, b]`: `[0, a, a + b]`. */
function runningSums(values: number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  return sums;
}

const between = (sums: number[], from: number, to: number): number => sums[to]! - sums[from]!;
