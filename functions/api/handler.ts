import type { LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';
import { app } from './app.ts';

/** HTTP API → the answers people see. Routes stand in app.ts, who may see what in caller.ts. */
const answer = handle(app);
export const handler = (event: LambdaEvent) => answer(event);
