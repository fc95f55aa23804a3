import * as z from 'zod';

/** The operation is not possible. The message tells the operator why. */
export class OperationError extends Error {}

/** The operator of a desk on one machine who gave no name. */
export const LOCAL_OPERATOR = 'this-machine';

/** The operator's name in the audit trail. */
export const operatorName = z.string().trim().min(1).default(LOCAL_OPERATOR);

/** `POST /operate/<verb>/<target>` */
export interface Operation {
  verb: string;
  /** a stage, a message, a verb of a case */
  target: string | undefined;
  input: unknown;
}

export interface OperationResult {
  status: number;
  body: object;
}
