import { isProgrammingError } from '../faults/report-fault.ts';

/**
 * A file of an office, or a page of it, that a reader cannot read: damaged, cut off, encrypted, too slow. Readers turn it
 * into a finding about the file. Whatever else they throw is a fault of the program, and no finding blames the office.
 */
export class UnreadableFile extends Error {
  /** name of the engine's exception (`PasswordException`), where an engine gave up */
  readonly reason: string;

  /** @param message why, in Japanese */
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UnreadableFile';
    this.reason = cause instanceof Error ? cause.name : 'Error';
  }
}

/** A file that holds more than is read of one file. */
export class TooLargeFile extends UnreadableFile {}

/**
 * Runs work of an engine (pdfjs, a codec). Its own exceptions are about the file it was given.
 * @throws UnreadableFile with `message` for those; a TypeError or its like stays what it is
 */
export async function fromEngine<T>(work: () => T | Promise<T>, message?: string): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw asUnreadable(cause, message);
  }
}

/** The error a reader throws for an exception of its engine. */
export const asUnreadable = (cause: unknown, message = '読み取れません'): unknown =>
  cause instanceof UnreadableFile || isProgrammingError(cause) ? cause : new UnreadableFile(message, cause);
