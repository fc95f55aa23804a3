import type { Box } from '../../pages/geometry.ts';
import type { PageText } from '../../pages/page-text.ts';
import { type CompactLine, compactLine, plainText } from './compact-line.ts';

/** The pages of one form, ready to be asked for what stands beside a label. */
export interface FormText {
  file: string;
  lines: CompactLine[];
  /** labels of this form and of every form: where one begins, a value ends */
  labels: LabelIndex;
  /** a seal or a handwritten name may be in a picture: where, by page; `null` anywhere */
  pictures: Map<number, Box[] | null>;
}

/** What stands beside a label. `text` is plain (see compactLine), `spaced` keeps one blank or tab for each gap. */
export interface Found {
  text: string;
  spaced: string;
  page: number;
  line: CompactLine;
  /** place in `line.text` where the value begins */
  at: number;
  label: string;
}

export function formText(file: string, pages: PageText[], labels: string[]): FormText {
  return {
    file,
    lines: pages.flatMap((page) => page.lines.map((line) => compactLine(line, page.page))),
    labels: labelIndex([...labels, ...COMMON_LABELS]),
    pictures: new Map(pages.map((page) => [page.page, page.pictures ? (page.pictureBoxes ?? null) : []])),
  };
}

/** Labels every form may carry beside its own. */
const COMMON_LABELS = [
  '要介護状態区分等',
  '要介護状態区分',
  '要支援状態区分',
  '区分支給限度基準額',
  '認定年月日',
  '認定の有効期間',
  '届出年月日',
  '作成年月日',
  '計画作成者氏名',
  'サービスの種類の指定',
  '被保険者番号',
  '保険者番号',
  '保険者名',
  '氏名',
  'フリガナ',
  'ふりがな',
  '性別',
  '生年月日',
  '住所',
  '所在地',
  '電話番号',
  '電話',
  'TEL',
  '事業所番号',
  '事業所名',
  '郵便番号',
  '続柄',
  '署名',
  '捺印',
  '印鑑',
  '備考',
];

/** Labels in plain letters, by their first letter, the longest first; with the places found so far. */
export interface LabelIndex {
  byLetter: Map<string, string[]>;
  places: WeakMap<CompactLine, LabelPlace[]>;
}

export function labelIndex(labels: string[]): LabelIndex {
  const byLetter = new Map<string, string[]>();
  for (const label of new Set(labels.map(plainText))) {
    const letter = label[0] ?? '';
    byLetter.set(
      letter,
      [...(byLetter.get(letter) ?? []), label].sort((a, b) => b.length - a.length),
    );
  }
  return { byLetter, places: new WeakMap() };
}

/** Every place where one of the labels is printed, with what stands beside it (may be empty). */
export function valuesOf(form: FormText, ...labels: string[]): Found[] {
  const wanted = labels.map(plainLabel).sort((a, b) => b.length - a.length);
  const found: Found[] = [];
  for (const [number, line] of form.lines.entries()) {
    if (!wanted.some((label) => line.text.includes(label))) continue;
    for (const place of findLabels(line, form.labels, wanted))
      if (wanted.includes(place.label)) found.push(beside(form, number, place));
  }
  return found;
}

/** Labels are the same few hundred words for every form. */
const plainLabels = new Map<string, string>();
function plainLabel(label: string): string {
  let plain = plainLabels.get(label);
  if (plain === undefined) {
    plain = plainText(label);
    plainLabels.set(label, plain);
  }
  return plain;
}

interface LabelPlace {
  label: string;
  start: number;
  end: number;
}

/** The form's labels in a line; looked for once. */
function labelPlaces(line: CompactLine, labels: LabelIndex): LabelPlace[] {
  let places = labels.places.get(line);
  if (!places) {
    places = findLabels(line, labels, []);
    labels.places.set(line, places);
  }
  return places;
}

/** Labels in a line, those of the form and those asked for: the longest at each place, never one inside another. */
function findLabels(line: CompactLine, { byLetter }: LabelIndex, wanted: string[]): LabelPlace[] {
  const places: LabelPlace[] = [];
  for (let at = 0; at < line.text.length; at++) {
    if (!mayBegin(line, at)) continue;
    const fits = (label: string): boolean =>
      line.text.startsWith(label, at) && mayEnd(line, at, at + label.length);
    const known = byLetter.get(line.text[at] as string)?.find(fits) ?? '';
    const asked = wanted.find(fits) ?? '';
    const label = asked.length > known.length ? asked : known;
    if (label === '') continue;
    places.push({ label, start: at, end: at + label.length });
    at += label.length - 1;
  }
  return places;
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーA-Za-z0-9]/u;

function mayBegin(line: CompactLine, at: number): boolean {
  if ((line.gaps[at] ?? 0) > 0 || !WORD.test(line.text[at - 1] ?? '')) return true;
  // 「…1番1号氏名」: a program that spreads a line leaves no blank between an address and the next label
  return /[0-9号地室]/.test(line.text[at - 1] ?? '') && line.text.startsWith('氏名', at);
}

/** A label ends where a gap, a sign or a number follows; 「氏名」 in 「氏名欄」 is another word. */
function mayEnd(line: CompactLine, start: number, end: number): boolean {
  const next = line.text[end];
  if (next === undefined || (line.gaps[end] ?? 0) > 0) return true;
  if (line.cells[start] !== line.cells[end]) return true;
  return !WORD.test(next) || /[0-9]/.test(next);
}

/** What stands to the right of the label up to the next label; else slightly higher or lower; else beneath. */
function beside(form: FormText, number: number, place: LabelPlace): Found {
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
    beneath(form, number, place, places) ??
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

/** The lines of a box, as places in the text. */
function partsOf(line: CompactLine, column: number): { start: number; end: number }[] {
  const start = line.cells.indexOf(column);
  if (start < 0 || !line.line.cells[column]?.box) return [];
  const end = line.cells.lastIndexOf(column) + 1;
  const starts = [start];
  for (let at = start + 1; at < end; at++) if (line.gaps[at] === 4) starts.push(at);
  return starts.map((at, i) => ({ start: at, end: starts[i + 1] ?? end }));
}

/** A table whose headings stand over their values: the box right beneath the label's, as wide as it. */
function boxBeneath(form: FormText, number: number, place: LabelPlace): Found | null {
  const line = form.lines[number] as CompactLine;
  const cell = line.line.cells[line.cells[place.start] as number];
  const box = cell?.box;
  // a label with something else in its box is no heading
  if (!box || plainText(cell.text).replace(/[[\]<>:]/g, '').length > place.label.length + 12) return null;
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

/** Edges of boxes this close, in points, are one edge. */
const NEAR_EDGE = 3;

/**
 * Further places where the value of a label may stand when what is right beside it does not fit: a little higher or
 * lower with nothing of its own in the label's column; beside the lines over which the label's cell runs on (its
 * bracket is still open); in the line beneath a label that has a line to itself.
 * For values whose shape is checked, dates and numbers.
 */
export function nearby(form: FormText, found: Found): Found[] {
  const number = form.lines.indexOf(found.line);
  const start = found.line.text.lastIndexOf(found.label, found.at);
  const cell = found.line.line.cells[found.line.cells[start] ?? -1];
  if (number < 0 || !cell) return [];
  const runsOn = /[（(][^）)]*$/.test(cell.text);
  const reach = (runsOn ? 3.2 : 1.3) * found.line.line.size;
  const offLine = [1, -1, 2, 3].flatMap((step) => {
    const line = form.lines[number + step];
    if (!line || line.page !== found.page || Math.abs(line.line.y - found.line.line.y) > reach) return [];
    const beneathLabel = line.line.cells.some((each) => each.x < cell.right && cell.x < each.right);
    const at = line.xs.findIndex((x) => x >= cell.right);
    if (at < 0 || (beneathLabel && !runsOn)) return [];
    const places = labelPlaces(line, form.labels);
    if (places.some((each) => each.start <= at && !runsOn)) return [];
    const next = places.find((each) => each.start > at);
    return [slice(line, at, next?.start ?? line.text.length, found.label)];
  });
  return [...offLine, ...lineBeneath(form, number, found)];
}

/** A date that is not over: 「令和7年1」, 「R7.1.」, with its month or day still to come. */
const UNFINISHED_DATE =
  /(?:(?:令和|平成|昭和|大正|明治)(?:元|[0-9]{1,2})?(?:年(?:[0-9]{1,2}(?:月(?:[0-9]{1,2})?)?)?)?|[RHST][0-9]{1,2}\.(?:[0-9]{1,2}\.?)?|[0-9]{4}[年/.](?:[0-9]{1,2}[月/.]?)?)$/u;

/** A value whose date runs on in the next line of its cell (「令和7年1」 over 「0月31日」), with that line; else itself. */
export function wholeDate(form: FormText, found: Found): Found {
  if (!UNFINISHED_DATE.test(found.text)) return found;
  const number = form.lines.indexOf(found.line);
  const left = found.line.xs[found.at];
  if (number < 0 || left === undefined) return found;
  for (const line of form.lines.slice(number + 1, number + 4)) {
    if (line.page !== found.page || line.line.y - found.line.line.y > 2 * found.line.line.size) break;
    const start = line.xs.findIndex((x) => Math.abs(x - left) < found.line.line.size / 2);
    if (start < 0 || !/[0-9年月日./]/.test(line.text[start] ?? '')) continue;
    const end = labelPlaces(line, form.labels).find((each) => each.start > start)?.start ?? line.text.length;
    const rest = slice(line, start, end);
    return { ...found, text: found.text + rest.text, spaced: found.spaced + rest.spaced };
  }
  return found;
}

/** A label in a line of its own with its value beneath: found itself, then a short text in the next line that begins below it. */
export function orBeneath(form: FormText, found: Found): Found[] {
  const number = form.lines.indexOf(found.line);
  const left = found.line.line.cells[0]?.x ?? 0;
  const below = found.text === '' && number >= 0 ? lineBeneath(form, number, found) : [];
  return [
    found,
    ...below.filter(
      ({ text, line }) =>
        text.length <= SHORT_VALUE && !/[。]/.test(text) && Math.abs((line.xs[0] ?? 0) - left) < BELOW_LABEL,
    ),
  ];
}

/** letters of a name or an address, not of a sentence */
const SHORT_VALUE = 50;
/** points a value beneath its label may be further in */
const BELOW_LABEL = 45;

/** The next line, when the label has its line to itself and the next line names nothing. */
function lineBeneath(form: FormText, number: number, found: Found): Found[] {
  const below = form.lines[number + 1];
  const alone = plainText(found.line.line.text).replace(/[:：]$/, '').length <= found.label.length;
  if (!alone || !below || below.page !== found.page || labelPlaces(below, form.labels).length > 0) return [];
  if (below.line.y - found.line.line.y > 3 * Math.max(found.line.line.size, below.line.size)) return [];
  return [slice(below, 0, below.text.length, found.label)];
}

/** What stands beside a label where the options to choose from are labels too: 「電話」 among 「居宅訪問・電話」 ends nothing. */
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

/** Passes the colon and a remark in brackets that belongs to the label, as in 「作成（変更）日（初回作成日）：」. */
function skipDecoration(line: CompactLine, from: number): number {
  let at = from;
  const rest = line.text.slice(at);
  const remark = /^\([^)0-9]{1,20}\)/.exec(rest);
  if (remark && (line.gaps[at] ?? 0) === 0 && !/[○■●☑☒✓]/.test(remark[0])) at += remark[0].length;
  while (/[:;=)\]]/.test(line.text[at] ?? '')) at++;
  return at;
}

/** Words of a line between two places. */
export function slice(line: CompactLine, start: number, end: number, label = ''): Found {
  let spaced = '';
  for (let i = start; i < end; i++) {
    const gap = line.gaps[i] ?? 0;
    if (i > start && gap > 0) spaced += gap >= 2 ? '\t' : ' ';
    spaced += line.text[i];
  }
  return { text: line.text.slice(start, end), spaced, page: line.page, line, at: start, label };
}

/** A tall cell: its label stands between two lines of the value, or the value between two lines of the label. */
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
    if (start < 0 || labelPlaces(other, form.labels).some((each) => each.start <= start)) continue;
    const stop = other.xs.findIndex((x) => x >= edge);
    const found = slice(other, start, stop < 0 ? other.text.length : stop, place.label);
    if (found.text !== '') return found;
  }
  return null;
}

/** A heading row: two labels or more side by side and no value, so the values stand in the line beneath. */
function beneath(form: FormText, number: number, place: LabelPlace, places: LabelPlace[]): Found | null {
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
  if (start < 0) return null;
  const stop = below.xs.findIndex((x, i) => i > start && x >= right);
  return slice(below, start, stop < 0 ? below.text.length : stop, place.label);
}

/** Letters' heights above and below a line within which a picture belongs to it: a seal is larger than the text. */
const NEAR = 2.5;

/** True when a picture (a seal, a handwritten name) may stand in the field of this line. */
export function isPictured(form: FormText, { line, page }: CompactLine): boolean {
  const boxes = form.pictures.get(page);
  if (boxes === null) return true;
  const reach = NEAR * line.size;
  const left = line.cells[0]?.x ?? 0;
  return (boxes ?? []).some(
    (box) => box.right > left && box.y < line.y + reach && box.bottom > line.y - reach,
  );
}
