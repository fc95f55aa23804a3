import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface TableStore {
  port: number;
  stop(): Promise<void>;
}

/**
 * The tables of this machine, served from a thread of their own: most of a packet's requests go to them, and in the
 * thread of the handlers they would take turns with them on one processor. Throws when the folder cannot be opened.
 */
export async function startTables(path: string): Promise<TableStore> {
  const thread = new Worker(new URL('./table-store-thread.ts', import.meta.url), { workerData: { path } });
  const [port] = (await once(thread, 'message')) as [number];
  return {
    port,
    stop: async () => {
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await ended;
    },
  };
}
