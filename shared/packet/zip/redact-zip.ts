import { zipSync } from 'fflate';
import { numbersInPath } from '../../text/my-number.ts';
import { collectBytes } from '../collect-bytes.ts';
import { type ContainerKind, containerKind, mayHoldFiles } from '../containers/container-kind.ts';
import { containerTimes } from '../containers/container-limits.ts';
import { containerAsZip } from '../containers/container-zip.ts';
import type { ContainerTime } from '../containers/contents.ts';
import { EntryTrouble } from '../entry-trouble.ts';
import { isOfficeHead } from '../office-kind.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { REMOVED } from '../withdrawn.ts';
import { type ByteSource, bufferSource } from './byte-source.ts';
import { listZip, type ZipListing } from './list-zip.ts';
import { isZip } from './split-zip.ts';
import { unpackEntry } from './unpack-entry.ts';
import { readDirectory } from './zip-directory.ts';
import { ZipEdit } from './zip-edit.ts';
import type { ZipEntry } from './zip-entry.ts';
import { decodeNames } from './zip-names.ts';

/** What is removed from a ZIP. */
export interface ZipRedaction {
  /** of the ZIP: it tells a mail */
  name: string;
  /** positions of entries whose bytes are removed (see WithdrawnFile) */
  places: number[][];
  /** make the 個人番号 in names unreadable */
  maskNames: boolean;
  limits: UploadLimits;
}

/**
 * The ZIP without the contents of some of its entries. Such an entry stays as an empty one, so that every other entry
 * keeps its position and its bytes, also in a damaged ZIP. An entry of a ZIP inside the ZIP is emptied the same way, and
 * the ZIP around it is packed again. A second run on the result changes nothing.
 * @throws Error when the result would list other entries than the ZIP itself
 */
export async function redactZip(
  source: ByteSource,
  redaction: ZipRedaction,
  time: ContainerTime = containerTimes().again,
): Promise<ByteSource> {
  const head = await source.read(0, 256);
  if (!isZip(head)) return redactLone(source, head, redaction, time);
  const listing = await listZip(source, Number.POSITIVE_INFINITY);
  const directory = listing.damage === null ? await readDirectory(source) : null;
  const edit = new ZipEdit(source, listing.entries, directory);
  await redactEntries(source, listing, redaction, edit, time);
  const copy = edit.apply();
  const copied = await listZip(copy, Number.POSITIVE_INFINITY);
  if (copied.entries.length !== listing.entries.length)
    throw new Error(`a ZIP of ${listing.entries.length} entries would have ${copied.entries.length}`);
  return copy;
}

/**
 * One document that was sent as it is: nothing of it may stay. A mail or an archive becomes a ZIP that holds it as a ZIP of
 * its files, in which every file keeps its position.
 */
async function redactLone(
  source: ByteSource,
  head: Buffer,
  redaction: ZipRedaction,
  time: ContainerTime,
): Promise<ByteSource> {
  const { name, places, maskNames, limits } = redaction;
  const kind = containerKind(name, head);
  if (!kind || places.some((place) => place.length < 2)) {
    const isOwn = places.length > 0;
    return isOwn ? bufferSource(Buffer.from(REMOVED)) : source;
  }
  if (places.length === 0 && !maskNames) return source;
  const inner = await containerAsZip(await source.read(0, source.size), kind, limits, time);
  const outer = zipSync({ [name]: [inner, { level: 0, mtime: '1980-01-01T00:00:00' }] });
  return redactZip(bufferSource(Buffer.from(outer)), redaction, time);
}

async function redactEntries(
  source: ByteSource,
  { entries }: ZipListing,
  redaction: ZipRedaction,
  edit: ZipEdit,
  time: ContainerTime,
): Promise<void> {
  const { names } = decodeNames(entries);
  for (const [index, entry] of entries.entries()) {
    const within = redaction.places.filter(([first]) => first === index).map((place) => place.slice(1));
    const isRemoved = within.some((place) => place.length === 0);
    const name = names[index] ?? '';
    const mayHoldNames = redaction.maskNames && mayHoldFiles(name);
    if (isRemoved) await edit.empty(index);
    else if (within.length > 0 || mayHoldNames) {
      const contents = await redactNested(source, entry, { ...redaction, name, places: within }, time);
      if (contents) await edit.repack(index, contents);
    }
  }
  if (redaction.maskNames) await edit.mask(names.flatMap(numbersInPath));
}

/** The bytes of a nested ZIP after its redaction; null: nothing is removed, or it is no ZIP. */
async function redactNested(
  source: ByteSource,
  entry: ZipEntry,
  redaction: ZipRedaction,
  time: ContainerTime,
): Promise<Buffer | null> {
  const unpacked = await unpackedOrNull(source, entry, redaction.limits);
  const kind = unpacked && containerKind(redaction.name, unpacked.subarray(0, 256));
  const original = kind ? await openedOrNull(unpacked, kind, redaction, time) : unpacked;
  if (!original || !isZip(original) || isOfficeHead(original)) return null;
  const copy = await redactZip(bufferSource(original), redaction, time);
  const redacted = await copy.read(0, copy.size);
  return redacted.equals(original) ? null : redacted;
}

/** Null: a mail or an archive that cannot be opened; nothing of it was read, so that nothing in it is to be removed. */
async function openedOrNull(
  bytes: Uint8Array,
  kind: ContainerKind,
  { limits, places }: ZipRedaction,
  time: ContainerTime,
): Promise<Buffer | null> {
  try {
    return await containerAsZip(bytes, kind, limits, time);
  } catch (cause) {
    if (cause instanceof EntryTrouble && places.length === 0) return null;
    throw cause;
  }
}

async function unpackedOrNull(
  source: ByteSource,
  entry: ZipEntry,
  limits: UploadLimits,
): Promise<Buffer | null> {
  try {
    return await collectBytes(unpackEntry(source, entry, limits, { total: 0 }));
  } catch (cause) {
    if (cause instanceof EntryTrouble) return null;
    throw cause;
  }
}
