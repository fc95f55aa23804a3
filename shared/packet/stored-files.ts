import { type EntryGroup, groupEntries } from './group-entries.ts';
import { baseGroup, joinGroup } from './join-group.ts';
import { listArchive } from './list-archive.ts';
import { loneFile, openLone } from './list-upload.ts';
import { type Opening, startOpening } from './opening.ts';
import type { SplitFile } from './packet.ts';
import { entriesOf } from './split-files.ts';
import type { UploadEntry } from './upload-entry.ts';
import { DEFAULT_LIMITS } from './upload-limits.ts';
import type { SplitPacket } from './upload-source.ts';
import type { Redaction } from './withdrawn.ts';
import type { ByteSource } from './zip/byte-source.ts';
import { mostUnpacked } from './zip/unpack-entry.ts';

/** An upload as it is stored, for showing its files. */
export interface StoredUpload {
  name: string;
  bytes: ByteSource;
  redaction: Redaction | null;
  /** the packet its files complete */
  joins?: { upload: StoredUpload; packet: number; replaces: string[]; split?: SplitPacket } | null;
}

/** A packet of a stored upload. */
export interface StoredPacketFiles {
  /** its number in the upload, from 1 */
  packet: number;
  /** of a packet that was split out of the upload; null: it is a folder */
  files: SplitFile[] | null;
}

/**
 * The files of a packet in their order, leftovers of an operating system left out; of a file that other packets have parts of, too,
 * the part of this one, and of papers of other persons in its folder nothing. Lists names only: nothing is unpacked.
 */
export async function storedFiles(
  upload: StoredUpload,
  { packet, files }: StoredPacketFiles,
): Promise<UploadEntry[]> {
  const groups = await storedGroups(upload);
  const all = groups.flatMap((group) => group.entries);
  const own = files
    ? entriesOf(
        all,
        files.filter(({ stray }) => !stray),
      )
    : (groups[packet - 1]?.entries ?? []);
  return own.filter(({ isJunk }) => !isJunk);
}

async function storedGroups({ name, bytes, redaction, joins }: StoredUpload): Promise<EntryGroup[]> {
  const opening = startOpening(DEFAULT_LIMITS, redaction?.files ?? []);
  const entries = await storedEntries(name, bytes, opening);
  if (joins) return [joinGroup(baseGroup(await storedGroups(joins.upload), joins), entries, joins.replaces)];
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
