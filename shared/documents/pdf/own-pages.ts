import { fileURLToPath } from 'node:url';
import { runJob, startIsolated } from '../../isolated/isolated-process.ts';
import type { PageSpan } from '../../packet/packet.ts';
import type { PagesJob } from './pages-process.ts';

/** Seconds, and megabytes of memory, that one PDF may cost. */
const SECONDS = 20;
const MEGABYTES = 384;

/**
 * The pages of one person out of a PDF of several, as a PDF with nothing else in it; null where they cannot be taken out. Each
 * file is opened in a process of its own, which ends with it (why: isolated-process.ts).
 */
export async function ownPages(bytes: Uint8Array, spans: PageSpan[]): Promise<Uint8Array | null> {
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
    const job: PagesJob = { bytes, spans };
    const answer = await runJob<Uint8Array | null>(child, job, SECONDS);
    return answer.kind === 'done' ? answer.result : null;
  } finally {
    child.kill('SIGKILL');
  }
}
