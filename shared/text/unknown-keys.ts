import type * as z from 'zod';
import { printableShort } from './printable.ts';

/** Unknown keys that one message names. */
const MOST_NAMED = 5;

/**
 * What a person reads of keys that a strict shape does not have, with the keys that it has; undefined for every other
 * issue of zod.
 */
export function unknownKeysMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const named = (issue.keys as string[]).slice(0, MOST_NAMED).map((key) => `「${printableShort(key)}」`);
  const possible = Object.keys((issue.inst as z.ZodObject).shape);
  return `${named.join('')}という項目はありません。${possible.length > 0 ? `ここに書けるのは ${possible.join('、')} です。` : '項目は書かずに送ってください。'}`;
}
