import { limitMemory } from '../worker/limit-memory.ts';
import { serveJobs } from '../worker/serve-jobs.ts';
import { type PdfPart, readPdfPart } from './read-pdf.ts';

/** The process in which PDFs are read: some pages of a file in, their documents out. Started and ended by read-pdf-isolated.ts. */
export interface PdfJob {
  path: string;
  digest: string;
  size: number;
  bytes: Uint8Array;
  /** first page, from 1 */
  from: number;
}

limitMemory();
serveJobs(
  ({ bytes, from, ...file }: PdfJob): Promise<PdfPart> =>
    readPdfPart({ ...file, read: async () => bytes }, from),
);
