import { HTTPException } from 'hono/http-exception';
import { cityKeys } from '../../shared/profiles/cities.ts';
import { UNKNOWN_CITY } from '../../shared/records/store/record-context.ts';
import type { ApiContext } from './env.ts';

/** Receipt numbers, numbers of packets: what the desk gives, and nothing longer. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MONTH = /^(?:\d{4}-\d{2}|unknown)$/;
/** Keys of areas as a registry writes them; `_unresolved` for those without one. */
const AREA = /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,63}$/u;

/** @throws HTTPException 404 */
export const noSuch = (): never => {
  throw new HTTPException(404, { message: 'その番号のものはありません。' });
};

/** The number of an upload, packet or notice in the path. @throws HTTPException 404 for what can be none */
export function idOf(c: { req: Pick<ApiContext['req'], 'param'> }): string {
  const id = c.req.param('id') ?? '';
  return ID.test(id) ? id : noSuch();
}

/** A city the desk has rules for, or the partition of packets without a city. @throws HTTPException 404 */
export const knownCity = (city: string): string =>
  city === UNKNOWN_CITY || cityKeys().includes(city) ? city : noSuch();

/** @throws HTTPException 404 for what can be no area */
export const areaKey = (area: string): string => (AREA.test(area) ? area : noSuch());

/** @throws HTTPException 404 for what is no month of the calendar */
export const realMonth = (month: string): string =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : noSuch();

/** @throws HTTPException 404 for what can be no month */
export const monthKey = (month: string): string => (MONTH.test(month) ? month : noSuch());
