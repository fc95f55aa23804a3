import { LONGEST_PATH } from './safe-path.ts';

/** A path for a message: one line, shortened where it is longer than any system writes. Such a path is also unsafe. */
export function printedPath(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not reach a message
  const printed = path.replace(/[\u0000-\u001f\u007f]/g, '␣');
  return printed.length > LONGEST_PATH ? `${printed.slice(0, 100)}…${printed.slice(-20)}` : printed;
}
