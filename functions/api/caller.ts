import type { LambdaEvent } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import {
  mayChangePacket,
  mayEndReview,
  mayReadPacket,
  mayReadUpload,
  type OwnedPacket,
  type Reader,
  readsWhole,
  senderOf,
} from '../../shared/access/rights.ts';
import { OFFICE_NUMBER, type Sender } from '../../shared/access/sender.ts';
import { cityKeys } from '../../shared/profiles/cities.ts';
import { doorOf } from './door.ts';

type Role = 'office' | 'hokatsu' | 'city' | 'operator';

/** The caller, from the token that API Gateway has verified. */
export interface Caller extends Reader {
  /** subject of the token, for the audit trail */
  subject: string;
  /** what colleagues read; null: the token carries no name */
  name: string | null;
  roles: Role[];
  office: string | null;
  city: string | null;
  areas: string[];
}

/** @param event the event of the HTTP API or of the private REST API; one of another kind has no token and no role */
export function callerOf(event: LambdaEvent | undefined): Caller {
  const claims = claimsOf(event);
  // Both authorizers pass every claim as a text.
  const text = (name: string): string => {
    const claim = claims[name];
    return typeof claim === 'string' ? claim : '';
  };
  // API Gateway writes a list claim as "[a b]".
  const groups = text('cognito:groups')
    .replace(/[[\]]/g, '')
    .split(/[\s,]+/);
  const roles: Role[] = ['office', 'hokatsu', 'city', 'operator'];
  return {
    subject: text('sub') || 'unknown',
    name: text('name') || text('email') || null,
    roles: roles.filter((role) => groups.includes(role)),
    office: OFFICE_NUMBER.test(text('custom:office')) ? text('custom:office') : null,
    city: cityKeys().includes(text('custom:city')) ? text('custom:city') : null,
    areas: text('custom:areas')
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}

const authorized = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});

/** A REST API passes what its own authorizer returned, as texts (functions/authorize/handler.ts). */
const authorizedByFunction = z.object({
  authorizer: z.object({
    claims: z
      .string()
      .transform((text) => JSON.parse(text) as unknown)
      .pipe(z.record(z.string(), z.unknown())),
  }),
});

function claimsOf(event: LambdaEvent | undefined): Record<string, unknown> {
  if (doorOf(event) === 'closed') {
    const closed = authorizedByFunction.safeParse(event?.requestContext);
    return closed.success ? closed.data.authorizer.claims : {};
  }
  const context = authorized.safeParse(event?.requestContext);
  return context.success ? context.data.authorizer.jwt.claims : {};
}

const forbidden = (): never => {
  throw new HTTPException(403, { message: 'この内容を見る権限がありません。' });
};

export const isOperator = (caller: Caller): boolean => caller.roles.includes('operator');

/** The sender an announcement of the caller has, on behalf of `office` where it names one and may. */
export const requireSender = (caller: Caller, office: string | null): Sender =>
  senderOf(caller, office) ?? forbidden();

export function requireUpload(caller: Caller, upload: { sender: Sender }): void {
  if (!mayReadUpload(caller, upload.sender)) forbidden();
}

/** A 包括 sees its 圏域, a city all of its own. */
export function requireArea(caller: Caller, city: string, area: string): void {
  if (!readsWhole(caller, { city, area })) forbidden();
}

export const mayReview = (caller: Caller, packet: { city: string; area: string }): boolean =>
  mayEndReview(caller, packet);

/** A review is ended by the 包括 of its area; by the city where no area is in charge. */
export function requireReviewer(caller: Caller, packet: { city: string; area: string }): void {
  if (!mayEndReview(caller, packet)) forbidden();
}

export function requireCity(caller: Caller, city: string): void {
  if (isOperator(caller) || (caller.roles.includes('city') && caller.city === city)) return;
  forbidden();
}

/** Files are added to a packet, and it is withdrawn, by its owner or its sender. */
export function requireOwnPacket(caller: Caller, packet: OwnedPacket): void {
  if (!mayChangePacket(caller, packet))
    throw new HTTPException(403, { message: 'この提出を変えられるのは、提出した事業所だけです。' });
}

export function requirePacket(caller: Caller, packet: OwnedPacket): void {
  if (!mayReadPacket(caller, packet)) forbidden();
}
