import { limitMemory } from '../../isolated/limit-memory.ts';
import { serveJobs } from '../../isolated/serve-jobs.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { openOcrEngine } from './ocr-engine.ts';
import { ocrFile } from './ocr-file.ts';

/** The process in which scanned pages are read: pages of one file in, their text out. Started by ocr-file-isolated.ts. */
export interface OcrJob extends Pick<PacketFile, 'digest'> {
  bytes: Uint8Array;
  /** from 1 */
  pages: number[];
}

limitMemory();
// Before `ready`: a machine without language data or drawing library must not take every page for a damaged one.
const engine = await openOcrEngine();
await import('@napi-rs/canvas');

serveJobs(({ bytes, digest, pages }: OcrJob) => ocrFile({ digest, read: async () => bytes }, engine, pages));
