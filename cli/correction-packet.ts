import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { LooseFile, UploadSource } from '../shared/packet/upload-source.ts';
import { correctedNames, correctedPacket, isCorrectedFile } from '../shared/vocabulary/correction.ts';
import { filesBelow } from './pack-folder.ts';

/** Corrected files, and the packet they belong to. */
interface Correction {
  packet_id: string;
  files: LooseFile[];
}

/** Bytes up to which a ZIP is looked into: a correction packet is small. */
const LARGEST = 100 * 1024 ** 2;

/**
 * What was filled into a correction packet (補正セット), a folder or a ZIP; null for another upload.
 * @param scratch folder a ZIP is unpacked into
 */
export async function correctionIn(source: UploadSource, scratch: string): Promise<Correction | null> {
  if ('files' in source) return correctionOf(source.files);
  if ('folder' in source) {
    const paths = await filesBelow(source.folder);
    return correctionOf(paths.map((path) => ({ path, file: join(source.folder, path) })));
  }
  return statSync(source.file).size > LARGEST ? null : correctionInZip(source, scratch);
}

async function correctionInZip(source: UploadSource, scratch: string): Promise<Correction | null> {
  const { groups } = await openUpload(source);
  const entries = groups.flatMap((group) => group.entries).filter(({ trouble }) => !trouble);
  if (!correctedPacket(entries.map(({ path }) => path))) return null;
  const files = entries.map(({ path }, n) => ({ path, file: join(scratch, String(n)) }));
  for (const [n, entry] of entries.entries())
    await pipeline(Readable.from(entry.bytes(true)), createWriteStream(files[n]!.file));
  return correctionOf(files);
}

function correctionOf(files: LooseFile[]): Correction | null {
  const packet_id = correctedPacket(files.map(({ path }) => path));
  if (!packet_id) return null;
  const corrected = files.filter(({ path }) => isCorrectedFile(path));
  const names = correctedNames(corrected.map(({ path }) => path));
  return { packet_id, files: corrected.map(({ file }, n) => ({ path: names[n]!, file })) };
}
