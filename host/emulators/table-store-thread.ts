import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { closeTableIterators } from './repair-storage.ts';

/** Serves the tables of a folder, posts the port, and closes them at the first message. */
closeTableIterators();
const tables = dynalite({ path: (workerData as { path: string }).path, createTableMs: 0, updateTableMs: 0 });
tables.listen({ port: 0, host: '127.0.0.1' }, () =>
  parentPort!.postMessage((tables.address() as AddressInfo).port),
);
parentPort!.once('message', () => {
  tables.close(() => parentPort!.close());
  tables.closeAllConnections();
});
