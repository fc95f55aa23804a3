import type { NumberName } from '../../vocabulary/number-names.ts';
import type { AreaSummary } from './area-summary.ts';
import { NUMBER_NAMES } from './numbers.ts';

/** The numbers of several areas or months in one; a number without keys stays one. */
type Sums = Pick<AreaSummary, NumberName>;

export const sumSummaries = (summaries: AreaSummary[]): Sums =>
  Object.fromEntries(
    NUMBER_NAMES.map((name) => [name, summaries.map((one) => one[name]).reduce(add, 0)]),
  ) as unknown as Sums;

function add(sum: number | Record<string, number>, next: number | Record<string, number> | undefined) {
  if (next === undefined) return sum;
  if (typeof next === 'number') return typeof sum === 'number' ? sum + next : sum;
  const total = new Map(typeof sum === 'number' ? [] : Object.entries(sum));
  for (const [key, n] of Object.entries(next)) total.set(key, (total.get(key) ?? 0) + n);
  return Object.fromEntries(total);
}

/** One number of a summary under a key; 0 where it has none. */
export function amountOf(summary: AreaSummary, name: NumberName, key: string): number {
  const value: number | Record<string, number> | undefined = summary[name];
  if (value === undefined || typeof value === 'number') return value ?? 0;
  return Object.hasOwn(value, key) ? value[key]! : 0;
}
