import { limitMemory } from '../../isolated/limit-memory.ts';
import { serveJobs } from '../../isolated/serve-jobs.ts';
import type { PageSpan } from '../../packet/packet.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { extractPages } from './extract-pages.ts';

/** The process in which pages are taken out of a PDF. Started and ended by own-pages.ts. */
export interface PagesJob {
  bytes: Uint8Array;
  spans: PageSpan[];
}

limitMemory();
serveJobs(async ({ bytes, spans }: PagesJob): Promise<Uint8Array | null> => {
  try {
    return await extractPages(bytes, spans);
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
});
