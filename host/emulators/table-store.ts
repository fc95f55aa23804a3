import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface TableStoreSettings {
  path: string;
  secret: string;
}
/** `command`: `GetItem`; `body`: its input in JSON, as DynamoDB has it on the wire. */
export interface TableRequest {
  id: number;
  command: string;
  body: string;
}
export interface TableAnswer {
  id: number;
  status: number;
  body: string;
}
export interface TableStore {
  port: number;
  /** Answers a request of this process, without a socket. */
  request(command: string, body: string): Promise<TableAnswer>;
  /** Takes the bytes of deleted and overwritten records off the disk. False: something still reads them. */
  purge(): Promise<boolean>;
  stop(): Promise<void>;
}

/** What a request makes is small and soon garbage; Node's own limit would let the thread keep 48 MB of it. */
const YOUNG_MB = 12;

/**
 * Starts DynamoDB (dynalite) in its own thread: most requests of a packet go to it, and in the handlers' thread both
 * would share one processor. At the port it answers requests signed with the secret. Throws when the folder cannot be opened.
 */
export async function startTables(path: string, secret: string): Promise<TableStore> {
  const workerData: TableStoreSettings = { path, secret };
  const thread = new Worker(new URL('./table-store-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const [port] = (await once(thread, 'message')) as [number];
  const waiting = new Map<number, PromiseWithResolvers<TableAnswer>>();
  const post = inBatches((requests: TableRequest[]) => thread.postMessage(requests));
  let isStopped = false;
  let requests = 0;
  thread.on('message', (message: TableAnswer[] | string) => {
    if (typeof message === 'string') return;
    for (const answer of message) {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    }
  });
  const exited = Promise.withResolvers<void>();
  thread.once('exit', () => {
    isStopped = true;
    for (const { reject } of waiting.values()) reject(new TablesClosedError());
    exited.resolve();
  });
  return {
    port,
    request: (command, body) => {
      if (isStopped) return Promise.reject(new TablesClosedError());
      const id = requests++;
      const answer = Promise.withResolvers<TableAnswer>();
      waiting.set(id, answer);
      post({ id, command, body });
      return answer.promise;
    },
    purge: async () => {
      const purged = Promise.withResolvers<boolean>();
      const listen = (message: unknown) => {
        if (typeof message === 'string') purged.resolve(message === 'purged');
      };
      const end = () => purged.reject(new TablesClosedError());
      thread.on('message', listen);
      thread.once('exit', end);
      thread.postMessage('purge');
      return purged.promise.finally(() => {
        thread.off('message', listen);
        thread.off('exit', end);
      });
    },
    stop: async () => {
      // What is open ends first: in the middle of a request dynalite fails where its database closes.
      isStopped = true;
      await Promise.allSettled([...waiting.values()].map(({ promise }) => promise));
      thread.postMessage('stop');
      await exited.promise;
    },
  };
}

/** Posts what comes at the same moment together: each message wakes the other thread, which costs more than its contents. */
export function inBatches<T>(post: (batch: T[]) => void): (one: T) => void {
  let batch: T[] = [];
  return (one) => {
    if (batch.push(one) > 1) return;
    setImmediate(() => {
      post(batch);
      batch = [];
    });
  };
}

class TablesClosedError extends Error {
  override name = 'TablesClosed';
  constructor() {
    super('the tables are closed');
  }
}
