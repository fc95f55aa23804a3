import { plainText } from './compact-line.ts';
import { labelPlaces } from './find-labels.ts';
import type { FormText } from './form-text.ts';
import { type Found, slice } from './found.ts';
import { boxBeneath } from './value-beside.ts';

/**
 * Further places for the value of a label when the text beside it does not fit: a little higher or lower, where the
 * label's column is empty; beside the further lines of the label's cell (its bracket is still open); in the line
 * beneath a label that has a line to itself; in the box beneath the label's. Only for values with a shape to check: dates and numbers.
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
  const place = { label: found.label, start, end: start + found.label.length };
  const beneath = boxBeneath(form, number, place);
  return [...offLine, ...lineBeneath(form, number, found), ...(beneath ? [beneath] : [])];
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
