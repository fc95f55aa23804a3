import type { CompactLine } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';

/** Middle of the column of the 1st, and the distance from a day to the next, in points. */
interface DayColumns {
  first: number;
  pitch: number;
  /** of the month, 28–31 */
  days: number;
}

/** Letters printed without a gap between them. */
interface Token {
  text: string;
  /** in points */
  middle: number;
}

/** A mark further from the middle of its column than this part of the distance to the next may be of either. */
const BETWEEN = 0.35;
/** A month has this many days at least. */
const SHORTEST = 28;

/**
 * The days of a row of the calendar of a 利用票 (columns 1–31): those in whose column the row has a count or a mark.
 * Null where the columns are not found, a mark is between two of them, or the row's own total is another number: then the
 * days are not known.
 * @param after the letter of the row after which its marks begin
 */
export function daysMarked(form: FormText, row: CompactLine, after: number): number[] | null {
  const columns = columnsAbove(form, row);
  if (!columns) return null;
  const marks = tokensOf(row, after).map((token) => {
    const place = (token.middle - columns.first) / columns.pitch + 1;
    return { ...token, day: Math.round(place), off: Math.abs(place - Math.round(place)) };
  });
  const inGrid = marks.filter(({ day }) => day >= 1 && day <= columns.days);
  const total = marks.find(({ day, text }) => day > columns.days && /^\d+/.test(text));
  const counted = inGrid.filter(({ text }) => countOf(text) > 0);
  if (counted.length === 0 || inGrid.some(({ off }) => off > BETWEEN)) return null;
  const sum = counted.reduce((all, { text }) => all + countOf(text), 0);
  if (total && Number.parseInt(total.text, 10) !== sum) return null;
  const days = counted.map(({ day }) => day);
  return new Set(days).size === days.length ? days : null;
}

/** How often a mark of a row counts: its number, or once for any other mark. */
function countOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return /^[①-⑳○●◎✓レ]/u.test(text) ? 1 : 0;
}

/** The nearest line above that prints 1, 2, 3 … to the end of a month, each right of the one before. */
function columnsAbove(form: FormText, row: CompactLine): DayColumns | null {
  const at = form.lines.indexOf(row);
  for (const line of form.lines.slice(0, at).reverse()) {
    const columns = columnsOf(line);
    if (columns) return columns;
  }
  return null;
}

function columnsOf(line: CompactLine): DayColumns | null {
  if (!/1.*28/.test(line.text)) return null;
  const days: Token[] = [];
  for (const token of tokensOf(line, 0)) if (token.text === String(days.length + 1)) days.push(token);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < SHORTEST || days.length > 31) return null;
  const pitch = (last.middle - first.middle) / (days.length - 1);
  const isEven = days.every(
    ({ middle }, n) => Math.abs(middle - (first.middle + n * pitch)) < BETWEEN * pitch,
  );
  return pitch > 0 && isEven ? { first: first.middle, pitch, days: days.length } : null;
}

function tokensOf(line: CompactLine, from: number): Token[] {
  const tokens: { text: string; at: number[] }[] = [];
  for (let i = from; i < line.text.length; i++) {
    if (i === from || (line.gaps[i] ?? 0) > 0) tokens.push({ text: '', at: [] });
    const token = tokens.at(-1)!;
    token.text += line.text[i];
    token.at.push(line.xs[i] as number);
  }
  // Left edges: the middle of a token is half a letter right of the middle of its edges.
  const half = (line.line.size * LETTER) / 2;
  return tokens.map(({ text, at }) => ({ text, middle: (at[0]! + at.at(-1)!) / 2 + half }));
}

/** Width of a digit as a part of its height; the same error for heads and marks does not matter. */
const LETTER = 0.5;
