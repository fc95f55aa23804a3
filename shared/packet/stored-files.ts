import { type EntryGroup, groupEntries } from './group-entries.ts';
import { joinGroup } from './join-group.ts';
import { listArchive } from './list-archive.ts';
import { loneFile, openLone } from './list-upload.ts';
import { type Opening, startOpening } from './opening.ts';
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

/** The files of one packet of a stored upload. */
export interface StoredFiles {
  /** in their order, leftovers of an operating system left out */
  entries: UploadEntry[];
  /** the packet is a part of files that other packets of the upload have parts of, too (shared/split/) */
  isSplit: boolean;
}

/**
 * Lists names only: nothing is unpacked.
 * @param packet its number in the upload, from 1
 * @param read the files its verdict names: a packet that was split out of the upload has no folder of its own
 */
export async function storedFiles(
  upload: StoredUpload,
  packet: number,
  read: ReadonlySet<string>,
): Promise<StoredFiles> {
  const groups = await storedGroups(upload);
  const own = groups[packet - 1];
  const entries = own
    ? own.entries
    : groups.flatMap((group) => group.entries).filter(({ path }) => read.has(path));
  return { entries: entries.filter(({ isJunk }) => !isJunk), isSplit: !own };
}

async function storedGroups({ name, bytes, redaction, joins }: StoredUpload): Promise<EntryGroup[]> {
  const opening = startOpening(DEFAULT_LIMITS, redaction?.files ?? []);
  const entries = await storedEntries(name, bytes, opening);
  const base = joins && (await storedGroups(joins.upload))[joins.packet - 1];
  if (joins && base) return [joinGroup(base, entries, joins.replaces)];
  return groupEntries(entries, name.replace(/\.zip$/i, ''));
}

async function storedEntries(name: string, bytes: ByteSource, opening: Opening): Promise<UploadEntry[]> {
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield* bytes.stream(0, bytes.size);
  };
  const head = await bytes.read(0, 1024);
  const lone = loneFile(name, head, opening, whole);
  if (lone) return openLone({ ...lone, declaredSize: bytes.size }, head, bytes, opening);
  opening.count.most = mostUnpacked(DEFAULT_LIMITS, bytes.size);
  const zip = { load: async () => bytes, path: name, parents: [], level: 0, position: [] };
  return (await listArchive(zip, opening)).entries;
}

/** The number of a file within its upload, for addresses: `3`, or `3.2` in a nested ZIP. */
export const fileNumber = ({ at }: Pick<UploadEntry, 'at'>): string => at.join('.');
