import { type EntryGroup, groupEntries } from './group-entries.ts';
import { joinGroup } from './join-group.ts';
import { listArchive } from './list-archive.ts';
import { startOpening } from './opening.ts';
import type { UploadEntry } from './upload-entry.ts';
import { DEFAULT_LIMITS } from './upload-limits.ts';
import type { Redaction } from './withdrawn.ts';
import type { ByteSource } from './zip/byte-source.ts';
import { mostUnpacked } from './zip/unpack-entry.ts';

/** An upload as it is stored, for showing its files. */
export interface StoredUpload {
  name: string;
  bytes: ByteSource;
  redaction: Redaction | null;
  /** the packet its files complete */
  joins?: { upload: StoredUpload; packet: number; replaces: string[] } | null;
}

/**
 * The files of one packet of a stored upload, in their order, leftovers of an operating system left out. Lists names only:
 * nothing is unpacked.
 * @param packet its number in the upload, from 1
 */
export async function storedFiles(upload: StoredUpload, packet: number): Promise<UploadEntry[]> {
  const group = await storedGroup(upload, packet);
  return (group?.entries ?? []).filter(({ isJunk }) => !isJunk);
}

async function storedGroup(
  { name, bytes, redaction, joins }: StoredUpload,
  packet: number,
): Promise<EntryGroup | undefined> {
  const opening = startOpening(DEFAULT_LIMITS, redaction?.files ?? []);
  opening.count.most = mostUnpacked(DEFAULT_LIMITS, bytes.size);
  const zip = { load: async () => bytes, path: name, parents: [], level: 0, position: [] };
  const { entries } = await listArchive(zip, opening);
  const base = joins && (await storedGroup(joins.upload, joins.packet));
  if (joins && base) return joinGroup(base, entries, joins.replaces);
  return groupEntries(entries, name.replace(/\.zip$/i, ''))[packet - 1];
}

/** The number of a file within its upload, for addresses: `3`, or `3.2` in a nested ZIP. */
export const fileNumber = ({ at }: Pick<UploadEntry, 'at'>): string => at.join('.');
