import type { TextLine } from '../pages/page-text.ts';

const QUESTIONS = 25;
/** No other form has as many rows that end in two boxes. */
const LEAST_ROWS = 12;
const ANSWERS = /[□■☑][^□■☑]{0,8}[□■☑][^□■☑]{0,8}$/u;

/**
 * 基本チェックリスト: single digits in narrow boxes are often misread. The questions are always these twenty-five in
 * this order. Where twenty-five rows end in two boxes, they carry their numbers. Where fewer do, a number that breaks
 * the order is taken out, and the rows between two sound numbers carry those between, if there are just as many.
 */
export function numberChecklist(lines: TextLine[]): TextLine[] {
  const rows = lines.filter((line) => ANSWERS.test(line.text));
  if (rows.length < LEAST_ROWS || rows.length > QUESTIONS) return lines;
  const numbers =
    rows.length === QUESTIONS ? rows.map((_, i) => i + 1) : fillBetween(inOrder(rows.map(printedNumber)));
  return lines.map((line) => {
    const row = rows.indexOf(line);
    return row < 0 ? line : withNumber(line, numbers[row] ?? 0);
  });
}

/** The number in a row's first cell, 0: no number. */
function printedNumber({ cells }: TextLine): number {
  const text = cells[0]?.text ?? '';
  const number = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0;
  return number <= QUESTIONS ? number : 0;
}

/** The longest chain of numbers that rises with its rows; every other becomes 0. */
function inOrder(numbers: number[]): number[] {
  const chains: number[][] = [];
  for (const [i, number] of numbers.entries()) {
    const follows = (j: number): boolean => number - (numbers[j] as number) >= i - j;
    const before = chains
      .filter((chain, j) => number > 0 && chain.length > 0 && follows(j))
      .reduce((longest, chain) => (chain.length > longest.length ? chain : longest), []);
    chains.push(number > 0 ? [...before, i] : []);
  }
  const longest = chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);
  return numbers.map((number, i) => (longest.includes(i) ? number : 0));
}

function fillBetween(numbers: number[]): number[] {
  const filled = [...numbers];
  let last = -1;
  for (const [i, number] of numbers.entries()) {
    if (number === 0) continue;
    if (last >= 0 && number - (numbers[last] as number) === i - last)
      for (let j = last + 1; j < i; j++) filled[j] = (numbers[last] as number) + j - last;
    last = i;
  }
  return filled;
}

/** The row with this number in its first cell, or with none. */
function withNumber(line: TextLine, number: number): TextLine {
  const own = /^[0-9]{1,2}$/.test(line.cells[0]?.text ?? '') ? line.cells.slice(1) : line.cells;
  const x = Math.min(...line.cells.map((cell) => cell.x));
  const first = { text: String(number), x: x - 30, right: x - 20, y: line.y, size: line.size };
  const cells = number > 0 ? [first, ...own] : own;
  return { ...line, cells, text: cells.map((cell) => cell.text).join('\t') };
}
