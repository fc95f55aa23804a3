import { HTTPException } from 'hono/http-exception';
import type { Key } from '../../shared/records/store/record-store.ts';

/** Most letters of a cursor. */
const LONGEST = 1000;

/** The keys of the last item shown as an opaque text for the next request. */
export const cursorOf = (keys: Key | null): string | null =>
  keys && Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The keys a cursor was made of. @throws HTTPException 400 where it has other keys than these */
export function readCursor(cursor: string | undefined, names: readonly string[]): Key | undefined {
  if (cursor === undefined) return undefined;
  const keys = parse(cursor);
  const isSame = keys && Object.keys(keys).sort().join() === [...names].sort().join();
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  if (!isSame || !Object.values(keys).every(isText))
    throw new HTTPException(400, {
      message: '続きの指定 (after) が正しくありません。一覧の初めから開き直してください。',
    });
  return keys as Key;
}

function parse(cursor: string): Record<string, unknown> | null {
  if (cursor.length > LONGEST) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
