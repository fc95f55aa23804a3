import { fileURLToPath } from 'node:url';
import { runJob, startIsolated } from '../../isolated/isolated-process.ts';
import type { PageSpan } from '../../packet/packet.ts';
import type { ShownOffice } from '../office/shown-page.ts';
import type { PagesJob } from './pages-process.ts';

/** Seconds, and megabytes of memory, that one file may cost. */
const SECONDS = 20;
const MEGABYTES = 384;

/** The pages of one person out of a PDF of several, as a PDF with nothing else in it; null where they cannot be taken out. */
export const ownPages = (bytes: Uint8Array, spans: PageSpan[]): Promise<Uint8Array | null> =>
  takePages({ wanted: 'own pages', bytes, spans });

/** A page of an Office file as it was read, from 1; null where the file cannot be opened. */
export const officePage = (bytes: Uint8Array, page: number): Promise<ShownOffice | null> =>
  takePages({ wanted: 'office page', bytes, page });

/** The bytes of a picture inside an Office file, by the page it counts as; null where it does not exist. */
export const pictureInOffice = (bytes: Uint8Array, page: number): Promise<Uint8Array | null> =>
  takePages({ wanted: 'office picture', bytes, page });

/** Each file is opened in a process of its own, which ends with it (why: isolated-process.ts). */
async function takePages<Result>(job: PagesJob): Promise<Result | null> {
  const child = await startIsolated({
    name: 'the extractor of pages',
    // beside this file, or where a bundle carries it
    file: process.env.UKETSUKE_PAGES_PROGRAM ?? fileURLToPath(new URL('./pages-process.ts', import.meta.url)),
    permissions: [],
    env: [],
    megabytes: MEGABYTES,
    heapMegabytes: MEGABYTES / 2,
  });
  try {
    const answer = await runJob<Result | null>(child, job, SECONDS);
    return answer.kind === 'done' ? answer.result : null;
  } finally {
    child.kill('SIGKILL');
  }
}
