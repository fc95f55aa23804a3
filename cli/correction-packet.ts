import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EntryTrouble } from '../shared/packet/entry-trouble.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { UploadEntry } from '../shared/packet/upload-entry.ts';
import type { LooseFile, UploadSource } from '../shared/packet/upload-source.ts';
import {
  correctedNames,
  correctionSets,
  isCorrectedFile,
  PLACES,
  setOf,
} from '../shared/vocabulary/correction.ts';
import { ApiError } from './api-client.ts';
import { filesBelow } from './pack-folder.ts';

/** Corrected files, and the packet they belong to. */
interface Correction {
  packet_id: string;
  files: LooseFile[];
  /** corrected files that cannot be unpacked: path, cause and remedy */
  unread: string[];
}

/** Bytes up to which a ZIP is looked into: a correction packet is small. */
const LARGEST = 100 * 1024 ** 2;

/**
 * What was filled into a correction packet (補正セット), a folder or a ZIP; null for another upload.
 * @param scratch folder a ZIP is unpacked into
 */
export async function correctionIn(source: UploadSource, scratch: string): Promise<Correction | null> {
  if ('files' in source) return correctionOf(source.name, source.files);
  if ('folder' in source) {
    const paths = await filesBelow(source.folder);
    return correctionOf(
      source.name,
      paths.map((path) => ({ path, file: join(source.folder, path) })),
    );
  }
  return statSync(source.file).size > LARGEST ? null : correctionInZip(source, scratch);
}

async function correctionInZip(source: UploadSource, scratch: string): Promise<Correction | null> {
  const { groups } = await openUpload(source);
  const all = groups.flatMap(({ entries }) => entries);
  const packet_id = onlyPacket(
    source.name,
    all.map(({ path }) => path),
  );
  if (!packet_id) return null;
  const files: LooseFile[] = [];
  const unread: string[] = [];
  for (const [n, entry] of all.filter(({ path }) => isCorrectedFile(path)).entries()) {
    const file = join(scratch, String(n));
    const trouble = await unpack(entry, file);
    if (trouble) unread.push(`${entry.path}: ${trouble.message}。${trouble.remedy}`);
    else files.push({ path: entry.path, file });
  }
  return { packet_id, unread, files: renamed(files) };
}

async function unpack(entry: UploadEntry, file: string): Promise<EntryTrouble | null> {
  if (entry.trouble) return entry.trouble;
  try {
    await pipeline(Readable.from(entry.bytes(true)), createWriteStream(file));
    return null;
  } catch (cause) {
    if (cause instanceof EntryTrouble) return cause;
    throw cause;
  }
}

/**
 * The packet that all files belong to; null where none is of a correction packet.
 * @throws ApiError where they are of several, or some of none: no file joins a packet by guess
 */
function onlyPacket(name: string, paths: string[]): string | null {
  const sets = correctionSets(paths);
  const [only, another] = sets;
  const outside = paths.find((path) => setOf(sets, path) === null);
  if (only && another)
    throw new ApiError(
      `「${name}」は送っていません。補正セットが${sets.length}つ入っています。一つずつ送ってください。`,
    );
  if (only && outside)
    throw new ApiError(
      `「${name}」は送っていません。「${outside}」が補正セットの外にあります。「${PLACES}」に入れるか、別に送ってください。`,
    );
  return only?.packet_id ?? null;
}

function correctionOf(name: string, files: LooseFile[]): Correction | null {
  const packet_id = onlyPacket(
    name,
    files.map(({ path }) => path),
  );
  if (!packet_id) return null;
  return { packet_id, unread: [], files: renamed(files.filter(({ path }) => isCorrectedFile(path))) };
}

function renamed(files: LooseFile[]): LooseFile[] {
  const names = correctedNames(files.map(({ path }) => path));
  return files.map(({ file }, n) => ({ path: names[n]!, file }));
}
