import type { ReadDocument } from '../document.ts';
import { limitMemory } from '../worker/limit-memory.ts';
import { readPdf } from './read-pdf.ts';

/** The process in which PDFs are read: one file in, its documents out. Started and ended by read-pdf-apart.ts. */
export interface Job {
  path: string;
  digest: string;
  size: number;
  bytes: Uint8Array;
}

/** `fault`: the desk is not whole; that is no fault of the file. */
export type Answer = { kind: 'read'; documents: ReadDocument[] } | { kind: 'fault'; message: string };

process.on('message', async ({ bytes, ...file }: Job) => {
  process.send?.(await read({ ...file, read: async () => bytes }));
});

async function read(file: Parameters<typeof readPdf>[0]): Promise<Answer> {
  try {
    return { kind: 'read', documents: await readPdf(file) };
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

limitMemory();
process.send?.('ready');
