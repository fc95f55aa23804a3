import { Worker } from 'node:worker_threads';

/**
 * A file that keeps the engine busy leaves the main thread no time to notice that the parent has ended or the memory is
 * full, so a thread watches both. Heap limits do not count the buffers into which streams and images are unpacked.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent || process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL');
}, 100);
`;

/** Ends this process when it outgrows the megabytes of its first argument, or when its parent has ended. */
export function limitMemory(megabytes = Number(process.argv[2])): void {
  new Worker(WATCH, { eval: true, workerData: megabytes * 1024 ** 2 }).unref();
  process.on('disconnect', () => process.exit(0));
}
