import type { LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';
import { app } from './app.ts';

/** A request of the HTTP API → its answer. */
const answer = handle(app);
export const handler = (event: LambdaEvent) => answer(event);
