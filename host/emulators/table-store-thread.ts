import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { mendTables } from './repair-storage.ts';

/** The thread of the table store: opens the tables of a folder, says on which port, and closes them when asked. */
mendTables();
const tables = dynalite({ path: (workerData as { path: string }).path, createTableMs: 0, updateTableMs: 0 });
tables.listen({ port: 0, host: '127.0.0.1' }, () =>
  parentPort!.postMessage((tables.address() as AddressInfo).port),
);
parentPort!.once('message', () => {
  tables.close(() => parentPort!.close());
  tables.closeAllConnections();
});
