import type { ParseArgsConfig } from 'node:util';
import type { DeskClient } from './desk-client.ts';
import { DeskError } from './desk-client.ts';
import { findDesk } from './find-desk.ts';
import { StackDesk } from './stack-desk.ts';

const text = { type: 'string' } as const;

/** How every verb of an operator is told which desk is meant, and who acts. */
export const DESK_OPTIONS = {
  url: text,
  data: text,
  stack: text,
  by: text,
} as const satisfies ParseArgsConfig['options'];

/** The desk an operator means: the deployed one of --stack, or one that runs (--url, --data). Throws DeskError. */
export function operatorDesk(said: { url?: string; data?: string; stack?: string; by?: string }): DeskClient {
  if (!said.stack) return findDesk(said.url, said.data);
  if (said.url || said.data) throw new DeskError('--stack は --url・--data と一緒には使えません。');
  return new StackDesk(said.stack, said.by);
}
