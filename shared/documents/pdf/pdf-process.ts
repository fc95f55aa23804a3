import { limitMemory } from '../../isolated/limit-memory.ts';
import { serveJobs } from '../../isolated/serve-jobs.ts';
import { officeKind } from '../../packet/office-kind.ts';
import { readOffice } from '../office/read-office.ts';
import { type PdfPart, readPdfPart } from './read-pdf.ts';

/**
 * The process in which PDFs and Office files are read: some pages of a PDF or a whole Office file in, their documents out.
 * Started and ended by read-pdf-isolated.ts.
 */
export interface PdfJob {
  path: string;
  digest: string;
  size: number;
  bytes: Uint8Array;
  /** first page, from 1 */
  from: number;
}

limitMemory();
serveJobs(async ({ bytes, from, ...job }: PdfJob): Promise<PdfPart> => {
  const file = { ...job, read: async () => bytes };
  const office = officeKind(bytes);
  if (!office) return readPdfPart(file, from);
  const documents = await readOffice(file, office);
  return { documents, pages: documents.length, next: null };
});
