import type { PacketFile } from '../../packet/packet.ts';
import { boundMemory } from '../worker/limit-memory.ts';
import { openOcrEngine } from './ocr-engine.ts';
import type { ScanText } from './ocr-text.ts';
import { readScan } from './read-picture.ts';

/** The process in which scans are read: pages of one file in, their text out. Started and ended by read-scan-apart.ts. */
export interface ScanJob extends Pick<PacketFile, 'digest'> {
  bytes: Uint8Array;
  /** from 1 */
  pages: number[];
}

/** `fault`: the desk is not whole (no language data, no drawing library); that is no fault of the file. */
export type ScanAnswer = { kind: 'read'; text: ScanText } | { kind: 'fault'; message: string };

boundMemory();
// Before anything is said: a machine without language data or drawing library must not take every page for a damaged one.
const engine = await openOcrEngine();
await import('@napi-rs/canvas');

process.on('message', async (job: ScanJob) => {
  process.send?.(await read(job));
});

async function read({ bytes, digest, pages }: ScanJob): Promise<ScanAnswer> {
  try {
    return { kind: 'read', text: await readScan({ digest, read: async () => bytes }, engine, pages) };
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

process.send?.('ready');
