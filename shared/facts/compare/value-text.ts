import { bodyNames } from '../../profiles/bodies.ts';
import { valueNames } from '../../profiles/value-names.ts';
import { ownValue } from '../../text/own-value.ts';
import { EVENT_NAMES } from '../../vocabulary/event-names.ts';
import { CATEGORY_NAMES } from '../../vocabulary/names.ts';

/** A value of a fact as an office reads it. A list of services or months is too long to repeat: null. */
export function valueText(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? value.map(valueText).join('、') || 'なし' : null;
  if (value === null || typeof value === 'object') return null;
  return ownValue(names(), String(value)) ?? String(value);
}

const names = (): Record<string, string> => ({
  ...valueNames(),
  ...bodyNames(),
  ...CATEGORY_NAMES,
  ...EVENT_NAMES,
});
