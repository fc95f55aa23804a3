import { cityKey, cityKeys } from '../shared/profiles/cities.ts';
import { UsageError } from './run-verb.ts';

/** Value parser of an option that may be given several times. */
export const collect = (value: string, previous: string[]): string[] => [...previous, value];

/** Value parser of `--city`: a key or name of a city with rules. */
export function parseCity(value: string): string {
  const key = cityKey(value);
  if (!key)
    throw new UsageError(`市「${value}」の規則がありません。使えるのは ${cityKeys().join(' ')} です。`);
  return key;
}

/** Value parser of an option in seconds. */
export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!(seconds >= 0)) throw new UsageError(`「${value}」は秒数ではありません。`);
  return seconds;
}
