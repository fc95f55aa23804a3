import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { addMiddleware } from './loopback.ts';
import { closeTableIterators } from './repair-storage.ts';
import { guardStore } from './store-guard.ts';
import { compactTables, watchDatabases } from './table-folder.ts';
import type { TableStoreSettings } from './table-store.ts';

/** Serves the tables of a folder and posts the port. Message `compact`: compacts them and posts `compacted`; `stop`: closes them. */
closeTableIterators();
const { path, secret } = workerData as TableStoreSettings;
const opened: Parameters<typeof compactTables>[0][] = [];
watchDatabases((database) => opened.push(database));
const tables = dynalite({ path, createTableMs: 0, updateTableMs: 0 });
addMiddleware(tables, guardStore(secret));
tables.listen({ port: 0, host: '127.0.0.1' }, () =>
  parentPort!.postMessage((tables.address() as AddressInfo).port),
);
parentPort!.on('message', async (message) => {
  if (message === 'compact') {
    for (const database of opened) await compactTables(database);
    return parentPort!.postMessage('compacted');
  }
  tables.close(() => parentPort!.close());
  tables.closeAllConnections();
});
