/**
 * Faults of the program itself (a TypeError in a reader), as opposed to what is wrong with a file. They go to the log by
 * class and place only: the message of an error may quote a document.
 */
type FaultReporter = (code: string) => void;

let reporter: FaultReporter = (code) => {
  process.stderr.write(`${JSON.stringify({ level: 'error', what: FAULT, code })}\n`);
};

/** `what` of the log line. */
export const FAULT = 'fault while reading';

/** Connects the log (functions/log.ts), or the channel to the parent of an isolated process. Returns the one before. */
export function reportFaultsTo(next: FaultReporter): FaultReporter {
  const previous = reporter;
  reporter = next;
  return previous;
}

export const reportFault = (error: unknown): void => reporter(faultCode(error));

/** Reports a fault another process has coded. */
export const reportFaultCode = (code: string): void => reporter(code);

/**
 * Class of an error and its place in this code: file and line; in a bundle, where all files are one, the functions it
 * came through, innermost first (they keep their names). A fault of the system has its code (ENOSPC), and often no place.
 * Without the message.
 */
export function faultCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { name, message, stack = '' } = error;
  const frames = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  const file = /(functions|shared)\/[\w/.-]+:\d+/.exec(frames)?.[0];
  const through = [...frames.matchAll(/^\s+at (?:async )?([\w$.]+) \((?:file|node):/gm)]
    .slice(0, 3)
    .map((frame) => frame[1]);
  return [name, systemCode(error), file ?? through.join(' < ')].filter(Boolean).join(' ');
}

/** `ENOSPC`, `ERR_STREAM_PREMATURE_CLOSE`: codes of the system and of Node, which quote nothing. */
const systemCode = (error: Error): string =>
  'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(error.code)
    ? error.code
    : '';

/** Classes that only a mistake in a program throws, whatever the file. */
const PROGRAMMING = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];

/** True for an error of the program's own making; false for what a library throws over bad input. */
export const isProgrammingError = (error: unknown): boolean =>
  PROGRAMMING.some((type) => error instanceof type) ||
  (error instanceof Error && error.name === 'AssertionError');
