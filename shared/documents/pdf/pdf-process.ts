import type { ReadDocument } from '../document.ts';
import { limitMemory } from '../worker/limit-memory.ts';
import { serveJobs } from '../worker/serve-jobs.ts';
import { readPdf } from './read-pdf.ts';

/** The process in which PDFs are read: one file in, its documents out. Started and ended by read-pdf-isolated.ts. */
export interface PdfJob {
  path: string;
  digest: string;
  size: number;
  bytes: Uint8Array;
}

limitMemory();
serveJobs(
  ({ bytes, ...file }: PdfJob): Promise<ReadDocument[]> => readPdf({ ...file, read: async () => bytes }),
);
