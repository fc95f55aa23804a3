import { z } from 'zod';

/** What the operator asked cannot be done, in words for the operator. */
export class OperationError extends Error {}
/** Whoever sits at the machine of a desk on one machine. */
export const AT_THIS_MACHINE = 'this-machine';
/** Who acts, for the trail. */
export const actor = z.string().trim().min(1).default(AT_THIS_MACHINE);
export interface Operation {
  verb: string;
  /** of what: a stage, a message, a verb of a case */
  of: string | undefined;
  said: unknown;
}
export interface Answer {
  status: number;
  body: object;
}
