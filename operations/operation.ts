import * as z from 'zod';
import ja from 'zod/v4/locales/ja.js';
import { unknownKeysMessage } from '../shared/text/unknown-keys.ts';

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

const inJapanese = ja().localeError;

/** The input of an operation. @throws OperationError with each item that is wrong or that the operation does not have */
export function parseInput<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const error: z.core.$ZodErrorMap = (issue) => unknownKeysMessage(issue) ?? inJapanese(issue);
  const parsed = schema.safeParse(input ?? {}, { error });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
  throw new OperationError(faults.map((fault) => fault.filter(Boolean).join(': ')).join('\n'));
}
