import type { Writable } from 'node:stream';

/** What a shell reports for a program that SIGPIPE ended. Node ignores that signal and reports EPIPE. */
const SIGPIPE_EXIT = 141;

/** Ends the program without a word when what reads its output has ended (`… | head`). Another fault of output is thrown. */
export function endWhenUnread(...outputs: Writable[]): void {
  for (const output of outputs)
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(SIGPIPE_EXIT);
    });
}
