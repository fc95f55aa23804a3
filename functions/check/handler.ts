import type { LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';
import { app } from './app.ts';

/** A dry run of the HTTP API → the verdicts; nothing is stored. */
const answer = handle(app);
export const handler = (event: LambdaEvent) => answer(event);
