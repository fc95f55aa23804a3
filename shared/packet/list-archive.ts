import { maskedPath } from '../text/my-number.ts';
import { collectBytes } from './collect-bytes.ts';
import {
  type ContainerKind,
  containerKind,
  mayHoldFiles,
  withoutExtension,
} from './containers/container-kind.ts';
import { containerAsZip } from './containers/container-zip.ts';
import { findEmptyFolders } from './empty-folders.ts';
import { EntryTrouble } from './entry-trouble.ts';
import { damagedZip, tooNested, zipWithoutFiles } from './nested-zip-troubles.ts';
import { isOfficeHead } from './office-kind.ts';
import { type Opening, positionKey } from './opening.ts';
import { printedPath } from './printed-path.ts';
import type { UploadEntry } from './upload-entry.ts';
import { type ByteSource, bufferSource } from './zip/byte-source.ts';
import { type Damage, listZip } from './zip/list-zip.ts';
import { isZip } from './zip/split-zip.ts';
import { bombIn } from './zip/zip-bomb.ts';
import type { ZipEntry } from './zip/zip-entry.ts';
import { decodeNames, type NameDecoding } from './zip/zip-names.ts';
import { type ListedZip, type ZipFile, zipFileEntry } from './zip-file-entry.ts';

export interface ListedArchive {
  entries: UploadEntry[];
  names: NameDecoding;
  damage: Damage | null;
}

/** A ZIP to list. */
export interface ArchiveToList {
  /** opens its bytes; called again for each file that is unpacked, so that they need not stay in memory */
  load: () => Promise<ByteSource>;
  /** its path in messages */
  path: string;
  /** folders it is in: empty for the upload itself, else the folder made of a nested ZIP */
  parents: string[];
  /** 0: the upload itself */
  level: number;
  /** its own position; empty for the upload itself */
  position: number[];
}

/** Lists the files of a ZIP and of the ZIPs inside it. */
export async function listArchive(archive: ArchiveToList, opening: Opening): Promise<ListedArchive> {
  const { load, path, parents, level, position } = archive;
  const source = await load();
  const room = opening.limits.files - opening.files;
  const { entries: zipped, damage, unread } = await listZip(source, room);
  const bomb = bombIn(zipped, source.size, opening.limits);
  if (bomb) return { entries: [], names: 'ascii', damage: bomb };
  opening.unread.push(...unread.map((part) => ({ ...part, path })));
  const { names: writtenNames, used } = decodeNames(zipped);
  const names = writtenNames.map(maskedPath);
  recordNames(archive, names, used, opening);
  opening.hasNumberedName ||= names.some((name, i) => name !== writtenNames[i]);

  const zip: ListedZip = { load, archive: { path, damage }, parents };
  const entries: UploadEntry[] = [];
  for (const [i, zipEntry] of zipped.entries()) {
    const name = names[i] ?? '';
    releaseName(zipEntry);
    if (name.endsWith('/')) continue;
    if (++opening.files > opening.limits.files) break;
    const file = zipFile(zipEntry, name, [...position, i], name !== writtenNames[i], opening);
    const entry = zipFileEntry(file, zip, opening);
    if (isNestedZip(entry)) entries.push(...(await openNested(entry, opening, level + 1)));
    else entries.push(entry);
  }
  // The list was read no further: folders that filled it are no files, but what follows them may be.
  if (zipped.length > room) opening.files = Math.max(opening.files, opening.limits.files + 1);
  return { entries: markDuplicates(entries), names: used, damage };
}

/** True for a file that may hold others: a ZIP, a mail, an archive, or one with a name that says nothing. */
export const isNestedZip = (entry: UploadEntry): boolean =>
  !entry.isJunk && !entry.trouble && !entry.withdrawn && mayHoldFiles(entry.parts.at(-1) ?? '');

/**
 * Opens a ZIP inside the upload as a folder named after it, and a mail or an archive likewise. One that cannot be opened or
 * is too deep stays one file with the reason. What holds no files in spite of its name is read as any other file.
 */
export async function openNested(
  entry: UploadEntry,
  opening: Opening,
  level: number,
  onDisk?: ByteSource,
): Promise<UploadEntry[]> {
  try {
    const head = onDisk ? await onDisk.read(0, HEAD) : await headOf(entry);
    const kind = containerKind(entry.path, head);
    if (!kind && (!isZip(head) || isOfficeHead(head))) return [entry];
    if (level > opening.limits.nesting) return [{ ...entry, trouble: tooNested(opening.limits.nesting) }];
    const packed = onDisk ? async () => onDisk : unpackWhenNeeded(entry);
    const load = kind ? convertWhenNeeded(packed, kind, opening) : packed;
    const nested = { load, path: entry.path, parents: nestedFolder(entry), level, position: entry.at };
    const { entries, damage } = await listArchive(nested, opening);
    return entries.length > 0
      ? entries
      : [{ ...entry, trouble: damage ? damagedZip(damage) : zipWithoutFiles() }];
  } catch (cause) {
    if (cause instanceof EntryTrouble) return [{ ...entry, trouble: cause }];
    throw cause;
  }
}

/** As many bytes as tell what a file is. */
const HEAD = 256;

/** The first bytes of a file, unpacked no further. */
async function headOf(entry: UploadEntry): Promise<Buffer> {
  for await (const chunk of entry.bytes(false)) return chunk.subarray(0, HEAD);
  return NO_BYTES;
}

/** Records how the names were decoded, and the folders without files. */
function recordNames(
  { path, level }: ArchiveToList,
  names: string[],
  used: NameDecoding,
  opening: Opening,
): void {
  const example = names.find((name) => /[^\x20-\x7e]/.test(name));
  if (example !== undefined && used !== 'utf-8')
    opening.decoded.push({ path, used, example: printedPath(example) });
  for (const folder of findEmptyFolders(names))
    opening.emptyFolders.push(level === 0 ? folder : `${path}/${folder}`);
}

/** The bytes of a decoded name are not needed: of a hundred thousand entries they would fill the memory. */
function releaseName(entry: ZipEntry): void {
  entry.nameRaw = NO_BYTES;
}
const NO_BYTES = Buffer.alloc(0);

function zipFile(
  zipped: ZipEntry,
  name: string,
  position: number[],
  hasNumber: boolean,
  opening: Opening,
): ZipFile {
  const withdrawn = opening.withdrawn.get(positionKey(position));
  return { zipped, name, position, withdrawn, isNumbered: hasNumber || withdrawn?.digest === null };
}

/** Unpacks a nested ZIP, and again when its memory was reclaimed. Only the first time counts for the limits. */
function unpackWhenNeeded(entry: UploadEntry): () => Promise<ByteSource> {
  let unpacked: WeakRef<Buffer> | null = null;
  return async () => {
    let bytes = unpacked?.deref();
    if (!bytes) {
      bytes = await collectBytes(entry.bytes(unpacked === null));
      unpacked = new WeakRef(bytes);
    }
    return bufferSource(bytes);
  };
}

/** Converts a mail or an archive, and again when its memory was reclaimed. */
function convertWhenNeeded(
  load: () => Promise<ByteSource>,
  kind: ContainerKind,
  { limits, containers }: Opening,
): () => Promise<ByteSource> {
  let converted: WeakRef<Buffer> | null = null;
  return async () => {
    let zip = converted?.deref();
    if (!zip) {
      const source = await load();
      const time = converted === null ? containers.first : containers.again;
      zip = await containerAsZip(await source.read(0, source.size), kind, limits, time);
      converted = new WeakRef(zip);
    }
    return bufferSource(zip);
  };
}

const nestedFolder = (entry: UploadEntry): string[] => [
  ...entry.parts.slice(0, -1),
  withoutExtension(entry.parts.at(-1) ?? ''),
];

/** Of files with one name the first counts; makePacket compares the others with it. */
function markDuplicates(entries: UploadEntry[]): UploadEntry[] {
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = entry.parts.join('/');
    if (seen.has(key) && !entry.trouble && !entry.isJunk) entry.sameName = true;
    seen.add(key);
  }
  return entries;
}
