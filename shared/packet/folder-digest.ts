import { createHash } from 'node:crypto';
import { isProgrammingError } from '../faults/report-fault.ts';
import { EntryTrouble } from './entry-trouble.ts';
import type { UploadEntry } from './upload-entry.ts';

/** Digest of a folder on disk, hex: sha256 over the sorted (path, digest) pairs of the files that can be read. */
export async function folderDigest(entries: UploadEntry[]): Promise<string> {
  const readable = entries.filter((entry) => !entry.isJunk && !entry.trouble);
  const byPath = new Map(readable.map((entry) => [entry.path, entry]));
  const hash = createHash('sha256');
  for (const path of readable.map((entry) => entry.path).sort())
    hash.update(`${path}\0${await entryDigest(byPath.get(path))}\n`);
  return hash.digest('hex');
}

async function entryDigest(entry: UploadEntry | undefined): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of entry?.bytes(false) ?? []) hash.update(chunk);
  } catch (cause) {
    // It becomes a finding when the packet is made.
    if (!(cause instanceof EntryTrouble) && !isProgrammingError(cause)) throw cause;
  }
  return hash.digest('hex');
}
