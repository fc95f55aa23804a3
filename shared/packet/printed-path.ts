import { printable } from '../text/printable.ts';
import { LONGEST_PATH } from './safe-path.ts';

/** A path for a message: one line, shortened where it is longer than any system writes. Such a path is also unsafe. */
export function printedPath(path: string): string {
  const printed = printable(path);
  return printed.length > LONGEST_PATH ? `${printed.slice(0, 100)}…${printed.slice(-20)}` : printed;
}
