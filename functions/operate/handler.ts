import type { LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';
import { app } from './app.ts';

/** Health of the desk, dead letters and set-aside uploads → the answer for the operator, and for the city its part. */
const answer = handle(app);
export const handler = (event: LambdaEvent) => answer(event);
