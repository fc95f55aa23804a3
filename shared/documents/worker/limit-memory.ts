import { Worker } from 'node:worker_threads';

/**
 * A file that keeps the engine busy for ever leaves no time to notice that the desk is gone or the memory full,
 * so a thread looks after both. Heap limits do not count the buffers into which streams and pictures are unpacked.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent || process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL');
}, 100);
`;

/** Ends this process when it outgrows the megabytes it was started with, or when the desk that started it is gone. */
export function limitMemory(megabytes = Number(process.argv[2])): void {
  new Worker(WATCH, { eval: true, workerData: megabytes * 1024 ** 2 }).unref();
  process.on('disconnect', () => process.exit(0));
}
