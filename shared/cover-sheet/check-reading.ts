import { isGivenFact } from '../vocabulary/fact-labels.ts';
import { identityCheck } from './check-cover.ts';
import { type Checked, checkFact, checkPattern, checkText, unfit } from './check-value.ts';

/**
 * Checks a value that a reviewer read in a picture where the desk read another: as the item of a 送付票 with that name, else
 * by the shape of what was read there.
 * @param read the values as they were read, in the words of `readText`
 */
export function checkReading(
  field: string,
  read: string[],
  value: string,
): { value: string } | { expected: string } {
  if (STRUCTURED.has(field)) return { expected: '読み取ったとおりに（直すことはできません）' };
  const shapes = isGivenFact(field) ? [(v: unknown) => checkFact(field, v), ...SHAPES] : SHAPES;
  const check =
    identityCheck(field) ?? shapes.find((shape) => read.some((one) => 'value' in shape(one))) ?? checkText;
  const checked = check(value);
  return 'expected' in checked ? { expected: checked.expected } : { value: value.trim() };
}

/** Values of several parts: they are confirmed as they were read. */
const STRUCTURED: ReadonlySet<string> = new Set(['service_planned', 'service_actual']);

/** Shapes of texts, the narrowest first. */
const SHAPES: ((value: unknown) => Checked)[] = [
  (value) => checkFact('dates.today', value),
  (value) => checkFact('service_month', value),
  (value) => (value === 'はい' || value === 'いいえ' ? { value } : unfit('「はい」か「いいえ」を')),
  (value) => checkPattern(value, /^[0-9]{1,12}$/, '数字だけを'),
];
