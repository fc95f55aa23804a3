import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface TableStoreSettings {
  path: string;
  secret: string;
}
export interface TableStore {
  port: number;
  /** removes the bytes of deleted and overwritten records from the disk */
  compact(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts DynamoDB (dynalite) in its own thread: most requests of a packet go to it, and in the handlers' thread both
 * would share one processor. Answers requests signed with the secret. Throws when the folder cannot be opened.
 */
export async function startTables(path: string, secret: string): Promise<TableStore> {
  const workerData: TableStoreSettings = { path, secret };
  const thread = new Worker(new URL('./table-store-thread.ts', import.meta.url), { workerData });
  const [port] = (await once(thread, 'message')) as [number];
  return {
    port,
    compact: async () => {
      const compacted = once(thread, 'message');
      thread.postMessage('compact');
      await compacted;
    },
    stop: async () => {
      const ended = once(thread, 'exit');
      thread.postMessage('stop');
      await ended;
    },
  };
}
