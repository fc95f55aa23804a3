import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { addMiddleware } from './loopback.ts';
import { closeTableIterators, fetchRecordsTogether, sumUpNatively } from './repair-storage.ts';
import { guardStore } from './store-guard.ts';
import { purgeTables, readInThread, watchDatabases, watchIterators } from './table-folder.ts';
import { inBatches, type TableAnswer, type TableRequest, type TableStoreSettings } from './table-store.ts';

/**
 * Serves the tables of a folder and posts the port. Messages: TableRequests, which are answered; `purge`: takes deleted records
 * off the disk and posts `purged`, or `held` where that was not possible; `stop`: closes them.
 */
closeTableIterators();
fetchRecordsTogether();
sumUpNatively();
readInThread();
watchIterators();
const { path, secret } = workerData as TableStoreSettings;
const opened: Parameters<typeof purgeTables>[0][] = [];
watchDatabases((database) => opened.push(database));
const tables = dynalite({ path, createTableMs: 0, updateTableMs: 0 });
const [answerHttp] = tables.listeners('request') as ((
  request: IncomingMessage,
  response: ServerResponse,
) => void)[];
addMiddleware(tables, guardStore(secret));
tables.listen({ port: 0, host: '127.0.0.1' }, () =>
  parentPort!.postMessage((tables.address() as AddressInfo).port),
);
parentPort!.on('message', async (message: TableRequest[] | 'purge' | 'stop') => {
  if (typeof message === 'object') return message.forEach(answer);
  if (message === 'purge') {
    // One that cannot be purged for another reason is held as well.
    const purged = await Promise.all(opened.map((one) => purgeTables(one).catch(() => false)));
    return parentPort!.postMessage(purged.every(Boolean) ? 'purged' : 'held');
  }
  tables.close(() => parentPort!.close());
  tables.closeAllConnections();
});

const post = inBatches((answers: TableAnswer[]) => parentPort!.postMessage(answers));

/** dynalite requires these of every request and checks no signature. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '-',
  authorization: 'AWS4-HMAC-SHA256 Credential=-, SignedHeaders=-, Signature=-',
};

/** Hands a request of this process to dynalite with as much of HTTP as it looks at. */
function answer({ id, command, body }: TableRequest): void {
  const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${command}` };
  const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
  const response = {
    statusCode: 200,
    setHeader: () => {},
    end: (text: string) => post({ id, status: response.statusCode, body: text }),
  };
  answerHttp!(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  request.emit('data', Buffer.from(body));
  request.emit('end');
}
