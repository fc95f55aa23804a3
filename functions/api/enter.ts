import type { MiddlewareHandler } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { type Caller, callerOf } from './caller.ts';
import { DOOR_HEADER, requireDoor, requireOwnDoor } from './door.ts';

/** What a route of any function behind the door gets: the event of API Gateway, who calls, and what to answer from. */
export interface DoorEnv<Dependencies> {
  Bindings: { event: LambdaEvent };
  Variables: { caller: Caller; deps: Dependencies };
}

/** @throws HTTPException 403 where the request did not come through the door */
export const throughDoor: MiddlewareHandler<{ Bindings: { event: LambdaEvent } }> = async (c, next) => {
  requireDoor(c.env?.event, c.req.header(DOOR_HEADER));
  await next();
};

/** Who calls, by the token, and that they may use this door. */
export const withCaller =
  <Dependencies>(
    dependencies: () => Dependencies | Promise<Dependencies>,
  ): MiddlewareHandler<DoorEnv<Dependencies>> =>
  async (c, next) => {
    const caller = callerOf(c.env?.event);
    requireOwnDoor(c.env?.event, caller.roles);
    c.set('caller', caller);
    c.set('deps', await dependencies());
    await next();
  };
