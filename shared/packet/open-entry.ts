import { createHash } from 'node:crypto';
import { isProgrammingError } from '../faults/report-fault.ts';
import { collectBytes } from './collect-bytes.ts';
import { EntryTrouble, faultTrouble } from './entry-trouble.ts';
import type { PacketFile } from './packet.ts';
import type { UploadEntry } from './upload-entry.ts';

export type OpenedFile = Omit<PacketFile, 'path'> & { keptBytes: number };

/** Unpacks a file once for size and digest; keeps its bytes up to `keep`. A withdrawn file counts as what it was. */
export function openEntry(entry: UploadEntry, keep: number): OpenedFile | Promise<OpenedFile | EntryTrouble> {
  const { withdrawn } = entry;
  if (!withdrawn?.digest) return unpackOnce(entry, keep);
  const { digest, size, read: reading } = withdrawn;
  const read = async (): Promise<never> => {
    throw new Error(`entry ${withdrawn.at.join('/')} was removed from its upload`);
  };
  return { digest, size, keptBytes: 0, read, ...(reading && { withdrawn: reading }) };
}

async function unpackOnce(entry: UploadEntry, keep: number): Promise<OpenedFile | EntryTrouble> {
  const hash = createHash('sha256');
  let chunks: Buffer[] | null = [];
  let size = 0;
  try {
    for await (const chunk of entry.bytes(true)) {
      hash.update(chunk);
      size += chunk.length;
      if (size > keep) chunks = null;
      chunks?.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof EntryTrouble) return cause;
    if (isProgrammingError(cause)) return faultTrouble(cause);
    throw cause;
  }
  const bytes = chunks && Buffer.concat(chunks);
  return {
    digest: hash.digest('hex'),
    size,
    keptBytes: bytes?.length ?? 0,
    read: async () => bytes ?? (await collectBytes(entry.bytes(false))),
  };
}
