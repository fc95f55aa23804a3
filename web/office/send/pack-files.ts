import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { DroppedFile } from './dropped-files.ts';

/** The first day of the ZIP format, so that the same files always give the same bytes. */
const NO_DATE = new Date(1980, 0, 1);
/** Compressed already: packing them again only costs time. */
const COMPRESSED = /\.(pdf|jpe?g|png|zip|heic)$/i;

/**
 * Packs files into a ZIP, in the order of their paths, reading one after the other.
 * @throws NotReadableError (DOMException) where a file was moved or is locked
 */
export async function packFiles(files: readonly DroppedFile[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const { path, file } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1)))
    await addFile(zip, path, file);
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

async function addFile(zip: Zip, path: string, file: File): Promise<void> {
  const entry = COMPRESSED.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path);
  entry.mtime = NO_DATE;
  zip.add(entry);
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    entry.push(value ?? new Uint8Array(), done);
    if (done) return;
  }
}
