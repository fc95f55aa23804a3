import { Worker } from 'node:worker_threads';
import type { ReadDocument } from '../document.ts';
import { readPdf } from '../pdf/read-pdf.ts';

/** The process in which PDFs are read: one file in, its documents out. Started and ended by read-pdf-apart.ts. */
export interface Job {
  path: string;
  digest: string;
  size: number;
  bytes: Uint8Array;
}

/** `fault`: the desk is not whole; that is no fault of the file. */
export type Answer = { kind: 'read'; documents: ReadDocument[] } | { kind: 'fault'; message: string };

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ bytes, ...file }: Job) => {
  process.send?.(await read({ ...file, read: async () => bytes }));
});

async function read(file: Parameters<typeof readPdf>[0]): Promise<Answer> {
  try {
    return { kind: 'read', documents: await readPdf(file) };
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * A file that keeps the engine busy for ever leaves no time to notice that the desk is gone or the memory full,
 * so a thread looks after both. Heap limits do not count the buffers into which streams are unpacked.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent || process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL');
}, 100);
`;
new Worker(WATCH, { eval: true, workerData: Number(process.argv[2]) * 1024 ** 2 }).unref();
process.send?.('ready');
