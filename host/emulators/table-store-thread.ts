import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { addMiddleware } from './loopback.ts';
import { closeTableIterators } from './repair-storage.ts';
import { guardStore } from './store-guard.ts';
import type { TableStoreSettings } from './table-store.ts';

/** Serves the tables of a folder, posts the port, and closes them at the first message. */
closeTableIterators();
const { path, secret } = workerData as TableStoreSettings;
const tables = dynalite({ path, createTableMs: 0, updateTableMs: 0 });
addMiddleware(tables, guardStore(secret));
tables.listen({ port: 0, host: '127.0.0.1' }, () =>
  parentPort!.postMessage((tables.address() as AddressInfo).port),
);
parentPort!.once('message', () => {
  tables.close(() => parentPort!.close());
  tables.closeAllConnections();
});
