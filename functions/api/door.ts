import { timingSafeEqual } from 'node:crypto';
import type { LambdaEvent } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { sha256 } from '../../shared/text/digest.ts';

/** The header by which the API knows that a request came through the door (infra/constructs/door.ts). */
export const DOOR_HEADER = 'x-uketsuke-door';

/** The doors of a deployed desk: CloudFront before the HTTP API, and the private REST API of a city's network. */
export type Door = 'public' | 'closed';

/** API Gateway writes the event: only that of a REST API names its method so. */
export const doorOf = (event: LambdaEvent | undefined): Door =>
  event && 'httpMethod' in event ? 'closed' : 'public';

/** Throws where a door is set up and the request came to the public API's own address instead. */
export function requireDoor(event: LambdaEvent | undefined, header: string | undefined): void {
  const secret = process.env.AUTH_DOOR;
  if (!secret || doorOf(event) === 'closed') return;
  if (!timingSafeEqual(Buffer.from(sha256(header ?? '')), Buffer.from(sha256(secret))))
    throw new HTTPException(403, {
      message: 'このURLでは受け付けていません。案内されたURLを使ってください。',
    });
}

/**
 * Where the city has a network of its own, its people and those of the 包括 come through that door alone, and offices through
 * the public one: a stolen password opens nothing from the internet, and the city's provider signs no office in.
 * @throws HTTPException 403
 */
export function requireOwnDoor(event: LambdaEvent | undefined, roles: string[]): void {
  if (process.env.STAFF_DOOR !== 'closed') return;
  const isStaff = roles.some((role) => role !== 'office');
  const own: Door = isStaff ? 'closed' : 'public';
  if (doorOf(event) === own) return;
  throw new HTTPException(403, {
    message: isStaff
      ? '市と地域包括支援センターの方は、インターネットからは使えません。庁内ネットワーク用に案内されたURLを使ってください。'
      : '事業所の方は、インターネット用に案内されたURLを使ってください。このURLは市と地域包括支援センターのものです。',
  });
}
