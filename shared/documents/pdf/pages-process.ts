import { limitMemory } from '../../isolated/limit-memory.ts';
import { serveJobs } from '../../isolated/serve-jobs.ts';
import { officeKind } from '../../packet/office-kind.ts';
import type { PageSpan } from '../../packet/packet.ts';
import { officePicture, openOffice } from '../office/open-office.ts';
import { type ShownOffice, shownPage } from '../office/shown-page.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { extractPages } from './extract-pages.ts';

/**
 * The process in which pages are taken out of a file for a person to see. Started and ended by own-pages.ts. A result is null
 * where the file does not allow it.
 */
export type PagesJob = { bytes: Uint8Array } & (
  | { wanted: 'own pages'; spans: PageSpan[] }
  | { wanted: 'office page' | 'office picture'; page: number }
);

limitMemory();
serveJobs(async (job: PagesJob): Promise<Uint8Array | ShownOffice | null> => {
  try {
    if (job.wanted === 'own pages') return await extractPages(job.bytes, job.spans);
    const kind = officeKind(job.bytes);
    if (!kind) return null;
    if (job.wanted === 'office picture') return await officePicture(job.bytes, kind, job.page);
    const { pages, pictures } = await openOffice(job.bytes, kind);
    const page = pages[job.page - 1];
    return { count: pages.length + pictures.length, page: page ? shownPage(page) : null };
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
});
