import type { PacketFile } from '../../packet/packet.ts';
import { limitMemory } from '../worker/limit-memory.ts';
import { openOcrEngine } from './ocr-engine.ts';
import type { FileText } from './ocr-text.ts';
import { ocrFile } from './ocr-file.ts';

/** The process in which scans are read: pages of one file in, their text out. Started and ended by read-picture-isolated.ts. */
export interface OcrJob extends Pick<PacketFile, 'digest'> {
  bytes: Uint8Array;
  /** from 1 */
  pages: number[];
}

/** `fault`: the desk is not whole (no language data, no drawing library); that is no fault of the file. */
export type OcrAnswer = { kind: 'read'; text: FileText } | { kind: 'fault'; message: string };

limitMemory();
// Before anything is said: a machine without language data or drawing library must not take every page for a damaged one.
const engine = await openOcrEngine();
await import('@napi-rs/canvas');

process.on('message', async (job: OcrJob) => {
  process.send?.(await read(job));
});

async function read({ bytes, digest, pages }: OcrJob): Promise<OcrAnswer> {
  try {
    return { kind: 'read', text: await ocrFile({ digest, read: async () => bytes }, engine, pages) };
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

process.send?.('ready');
