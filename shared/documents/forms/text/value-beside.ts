import { type CompactLine, plainText } from './compact-line.ts';
import { findLabels, type LabelPlace, labelPlaces, plainLabel } from './find-labels.ts';
import type { FormText } from './form-text.ts';
import { type Found, slice } from './found.ts';

/** Every place where one of the labels is printed, with its value (may be empty). */
export function valuesOf(form: FormText, ...labels: string[]): Found[] {
  const printed = printedText(form);
  const wanted = labels.map(plainLabel).filter((label) => printed.includes(label));
  const found: Found[] = [];
  if (wanted.length === 0) return found;
  wanted.sort((a, b) => b.length - a.length);
  for (let number = 0; number < form.lines.length; number++) {
    const line = form.lines[number] as CompactLine;
    if (!holdsOne(line.text, wanted)) continue;
    for (const place of findLabels(line, form.labels.byLetter, wanted))
      if (wanted.includes(place.label)) found.push(besideLabel(form, number, place));
  }
  return found;
}
function holdsOne(text: string, labels: string[]): boolean {
  for (const label of labels) if (text.includes(label)) return true;
  return false;
}
/** All lines as one text: most labels that are asked for are printed nowhere. */
function printedText({ lines }: FormText): string {
  let text = printed.get(lines);
  if (text === undefined) {
    text = lines.map((line) => line.text).join('\n');
    printed.set(lines, text);
  }
  return text;
}
const printed = new WeakMap<CompactLine[], string>();

/** The text to the right of the label up to the next label; else slightly higher or lower; else beneath. */
function besideLabel(form: FormText, number: number, place: LabelPlace): Found {
  const line = form.lines[number] as CompactLine;
  const places = labelPlaces(line, form.labels);
  const start = skipDecoration(line, place.end);
  const next = places.find((each) => each.start >= start);
  const part = partBeside(line, place);
  if (part) return part;
  const right = slice(line, start, endBefore(line, next), place.label);
  if (right.text !== '') return right;
  return (
    boxBeneath(form, number, place) ??
    besideOffLine(form, number, place, next) ??
    beneathHeading(form, number, place, places) ??
    right
  );
}
/**
 * Labels over one another in one box, and as many values over one another in the box beside it: 「フリガナ」 over
 * 「氏名」. Each label has the value at its own height.
 */
function partBeside(line: CompactLine, place: LabelPlace): Found | null {
  const column = line.cells[place.start] as number;
  const [labels, values] = [partsOf(line, column), partsOf(line, column + 1)];
  if (labels.length < 2 || labels.length !== values.length) return null;
  const value = values[labels.findIndex(({ start, end }) => start === place.start && end === place.end)];
  return value ? slice(line, value.start, value.end, place.label) : null;
}
/** The lines of a box, as positions in the text. */
function partsOf(line: CompactLine, column: number): { start: number; end: number }[] {
  const start = line.cells.indexOf(column);
  if (start < 0 || !line.line.cells[column]?.box) return [];
  const end = line.cells.lastIndexOf(column) + 1;
  const starts = [start];
  for (let at = start + 1; at < end; at++) if (line.gaps[at] === 4) starts.push(at);
  return starts.map((at, i) => ({ start: at, end: starts[i + 1] ?? end }));
}
/** A table with its headings above the values: the box right beneath the label's, as wide as it. */
export function boxBeneath(form: FormText, number: number, place: LabelPlace): Found | null {
  const line = form.lines[number] as CompactLine;
  const cell = line.line.cells[line.cells[place.start] as number];
  const box = cell?.box;
  // a label with something else in its box is no heading
  if (!box || withoutRemark(plainText(cell.text)).length > place.label.length + 12) return null;
  for (const below of form.lines.slice(number + 1)) {
    if (below.page !== line.page || below.line.y > box.bottom + 6 * line.line.size) return null;
    const column = below.line.cells.findIndex(
      (each) =>
        each.box &&
        Math.abs(each.box.x - box.x) < NEAR_EDGE &&
        Math.abs(each.box.right - box.right) < NEAR_EDGE &&
        Math.abs(each.box.y - box.bottom) < NEAR_EDGE,
    );
    if (column < 0) continue;
    const start = below.cells.indexOf(column);
    if (start < 0 || labelPlaces(below, form.labels).some((each) => each.start === start)) return null;
    return slice(below, start, below.cells.lastIndexOf(column) + 1, place.label);
  }
  return null;
}
/** A heading without its signs and without what it says in brackets (「認定年月日（事業対象者の場合は、…）」). */
const withoutRemark = (heading: string): string => heading.replace(/\([^)]*\)/g, '').replace(/[[\]<>:]/g, '');
/** Points within which the edges of two boxes are the same edge. */
const NEAR_EDGE = 3;
/** The value of a label whose options are labels too: 「電話」 in 「居宅訪問・電話」 does not end it. */
export function throughOptions(form: FormText, { line, at }: Found, options: string[]): string {
  const places = labelPlaces(line, form.labels);
  const next = places.find(
    ({ start, label }) => start > at && !options.some((option) => option.includes(label)),
  );
  return line.text.slice(at, endBefore(line, next));
}
/** Where a value ends: at the next label, with the bracket that opens it (「…【電話番号】」), or with the line. */
function endBefore(line: CompactLine, next: LabelPlace | undefined): number {
  if (!next) return line.text.length;
  return /[[<]/.test(line.text[next.start - 1] ?? '') ? next.start - 1 : next.start;
}
/** Skips the colon and a remark in brackets that belongs to the label, as in 「作成（変更）日（初回作成日）：」. */
function skipDecoration(line: CompactLine, from: number): number {
  let at = from;
  const rest = line.text.slice(at);
  const remark = /^\([^)0-9]{1,20}\)/.exec(rest);
  if (remark && (line.gaps[at] ?? 0) === 0 && !/[○■●☑☒✓]/.test(remark[0])) at += remark[0].length;
  while (/[:;=)\]]/.test(line.text[at] ?? '')) at++;
  return at;
}
/** A tall cell: the label between two lines of the value, or the value between two lines of the label. */
function besideOffLine(
  form: FormText,
  number: number,
  place: LabelPlace,
  next: LabelPlace | undefined,
): Found | null {
  const line = form.lines[number] as CompactLine;
  const edge = next ? (line.xs[next.start] as number) : Number.POSITIVE_INFINITY;
  const from = line.xs[place.end - 1] as number;
  for (const other of [form.lines[number - 1], form.lines[number + 1]]) {
    if (!other || other.page !== line.page) continue;
    if (Math.abs(other.line.y - line.line.y) > 0.85 * Math.max(line.line.size, other.line.size)) continue;
    const start = other.xs.findIndex((x) => x > from && x < edge);
    if (!beginsAt(other, start) || isOtherBox(line, place, other, start)) continue;
    if (labelPlaces(other, form.labels).some((each) => each.start <= start)) continue;
    const stop = other.xs.findIndex((x) => x >= edge);
    const found = slice(other, start, stop < 0 ? other.text.length : stop, place.label);
    if (found.text !== '') return found;
  }
  return null;
}
/** No value begins in the middle of a word. */
const beginsAt = (line: CompactLine, start: number): boolean => start >= 0 && (line.gaps[start] ?? 0) > 0;

/** True when both are in boxes of a table, and the other's is above or below. */
function isOtherBox(line: CompactLine, place: LabelPlace, other: CompactLine, start: number): boolean {
  const own = line.line.cells[line.cells[place.start] as number]?.box;
  const box = other.line.cells[other.cells[start] as number]?.box;
  return Boolean(own && box && (box.y >= own.bottom - NEAR_EDGE || box.bottom <= own.y + NEAR_EDGE));
}

/** A heading row: two labels or more side by side and no value, so the values are in the line beneath. */
function beneathHeading(
  form: FormText,
  number: number,
  place: LabelPlace,
  places: LabelPlace[],
): Found | null {
  const line = form.lines[number] as CompactLine;
  const below = form.lines[number + 1];
  if (places.length < 2 || !below || below.page !== line.page) return null;
  if (below.line.y - line.line.y > 3.2 * Math.max(line.line.size, below.line.size)) return null;
  if (labelPlaces(below, form.labels).length > 0) return null;
  const cell = line.line.cells[line.cells[place.start] as number];
  const before = line.line.cells[(line.cells[place.start] as number) - 1];
  const after = line.line.cells[(line.cells[place.end - 1] as number) + 1];
  if (!cell) return null;
  const left = before ? (before.right + cell.x) / 2 : Number.NEGATIVE_INFINITY;
  const right = after ? after.x : Number.POSITIVE_INFINITY;
  const start = below.xs.findIndex((x) => x >= left && x < right);
  if (!beginsAt(below, start)) return null;
  const stop = below.xs.findIndex((x, i) => i > start && x >= right);
  return slice(below, start, stop < 0 ? below.text.length : stop, place.label);
}
