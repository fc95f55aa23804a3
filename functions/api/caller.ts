import type { LambdaEvent } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';

type Role = 'office' | 'hokatsu' | 'city' | 'operator';

/** The caller, from the token that API Gateway has verified. */
export interface Caller {
  /** subject of the token, for the audit trail */
  subject: string;
  roles: Role[];
  office: string | null;
  city: string | null;
  areas: string[];
}

/** @param event the event of the HTTP API; one of another kind has no token and no role */
export function callerOf(event: LambdaEvent | undefined): Caller {
  const claims = claimsOf(event);
  const text = (name: string): string => String(claims[name] ?? '');
  // API Gateway writes a list claim as "[a b]".
  const groups = text('cognito:groups')
    .replace(/[[\]]/g, '')
    .split(/[\s,]+/);
  const roles: Role[] = ['office', 'hokatsu', 'city', 'operator'];
  return {
    subject: text('sub') || 'unknown',
    roles: roles.filter((role) => groups.includes(role)),
    office: text('custom:office') || null,
    city: text('custom:city') || null,
    areas: text('custom:areas')
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}

const authorized = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});

function claimsOf(event: LambdaEvent | undefined): Record<string, unknown> {
  const context = authorized.safeParse(event?.requestContext);
  return context.success ? context.data.authorizer.jwt.claims : {};
}

const forbidden = (): never => {
  throw new HTTPException(403, { message: 'この内容を見る権限がありません。' });
};

export const isOperator = (caller: Caller): boolean => caller.roles.includes('operator');

/** An office sees only what it sent. */
export function requireOffice(caller: Caller, office: string | null): void {
  if (isOperator(caller)) return;
  if (!caller.roles.includes('office') || !caller.office || caller.office !== office) forbidden();
}

/** A 包括 sees its 圏域, a city all of its own. */
export function requireArea(caller: Caller, city: string, area: string): void {
  if (isOperator(caller)) return;
  const ownCity = caller.city === city;
  if (caller.roles.includes('city') && ownCity) return;
  if (caller.roles.includes('hokatsu') && ownCity && caller.areas.includes(area)) return;
  forbidden();
}

export function requireCity(caller: Caller, city: string): void {
  if (isOperator(caller) || (caller.roles.includes('city') && caller.city === city)) return;
  forbidden();
}

/** A packet concerns the office that sent it and the area it is about. */
export function requirePacket(caller: Caller, packet: { office: string; city: string; area: string }): void {
  if (caller.roles.includes('office') && caller.office === packet.office) return;
  requireArea(caller, packet.city, packet.area);
}
