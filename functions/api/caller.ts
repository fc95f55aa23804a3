import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { HTTPException } from 'hono/http-exception';

type Role = 'office' | 'hokatsu' | 'city' | 'operator';

/** Who asks, from the token that API Gateway has verified. */
export interface Caller {
  /** the subject of the token: who it was, in the audit trail */
  subject: string;
  roles: Role[];
  office: string | null;
  city: string | null;
  areas: string[];
}

export function callerOf(event: APIGatewayProxyEventV2WithJWTAuthorizer | undefined): Caller {
  const claims = event?.requestContext?.authorizer?.jwt?.claims ?? {};
  const text = (name: string): string => String(claims[name] ?? '');
  // API Gateway writes a list claim as "[a b]".
  const groups = text('cognito:groups')
    .replace(/[[\]]/g, '')
    .split(/[\s,]+/);
  const known: Role[] = ['office', 'hokatsu', 'city', 'operator'];
  return {
    subject: text('sub') || 'unknown',
    roles: known.filter((role) => groups.includes(role)),
    office: text('custom:office') || null,
    city: text('custom:city') || null,
    areas: text('custom:areas')
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}

const forbidden = (): never => {
  throw new HTTPException(403, { message: 'この内容を見る権限がありません。' });
};

export const isOperator = (caller: Caller): boolean => caller.roles.includes('operator');

/** An office sees what it sent, nothing else. */
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
