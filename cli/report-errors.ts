import { DeskRunningError } from '../host/desk-file.ts';
import { DeskError } from './desk-client.ts';
import { InputError } from './expand-inputs.ts';

/** The verb was not called as it is used: the usage stands beneath. */
export class UsageError extends Error {}

/**
 * Runs a verb: what the user can mend is told in words and is exit code 2; after a slip in the options the usage stands
 * beneath. Everything else is a fault, and stays one.
 */
export async function reportErrors(work: () => Promise<number>, usage?: string): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isSlip =
      error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    const isForUser = [DeskError, DeskRunningError, InputError].some((kind) => error instanceof kind);
    if (!isSlip && !isForUser && !error.message.startsWith('登録簿')) throw error;
    return fail(isSlip && usage ? `${error.message}\n${usage}` : error.message);
  }
}

/** Says why it cannot be done. Exit code 2. */
export function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
