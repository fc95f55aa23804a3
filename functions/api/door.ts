import { timingSafeEqual } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import { sha256 } from '../../shared/text/digest.ts';

/** The header by which the API knows that a request came through the door (infra/constructs/door.ts). */
export const DOOR_HEADER = 'x-uketsuke-door';

/** Throws where a door is set up and the request came to the API's own address instead. */
export function requireDoor(header: string | undefined): void {
  const secret = process.env.AUTH_DOOR;
  if (!secret) return;
  if (!timingSafeEqual(Buffer.from(sha256(header ?? '')), Buffer.from(sha256(secret))))
    throw new HTTPException(403, {
      message: 'この宛先では受け付けていません。案内された宛先を使ってください。',
    });
}
