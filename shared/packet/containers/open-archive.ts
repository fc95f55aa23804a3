import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import libarchive from 'libarchive-wasm';
import { type ContainedFile, ContainerError, type ContainerLimits } from './contents.ts';

/** libarchive in WebAssembly: its memory is bounded, and nothing of it runs outside. */
async function openLibrary() {
  const file =
    process.env.UKETSUKE_LIBARCHIVE ??
    createRequire(import.meta.url).resolve('libarchive-wasm/dist/libarchive.wasm');
  return libarchive.libarchiveWasm({ wasmBinary: readFileSync(file) });
}

/** The files of an archive of 7-Zip, LHA or RAR. Links are no files. */
export async function openArchive(bytes: Uint8Array, limits: ContainerLimits): Promise<ContainedFile[]> {
  const library = await openLibrary();
  const files: ContainedFile[] = [];
  let total = 0;
  try {
    const reader = new libarchive.ArchiveReader(
      library,
      new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    for (const entry of reader.entries()) {
      if (entry.isEncrypted() || reader.hasEncryptedData()) throw new ContainerError('encrypted');
      if (entry.getFiletype() !== 'File') continue;
      total += entry.getSize();
      if (total > limits.bytes || files.length >= limits.files) throw new ContainerError('too_large');
      const data = entry.readData();
      files.push({
        name: legible(entry.getPathname(), files.length + 1),
        bytes: data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(),
      });
    }
    if (reader.hasEncryptedData()) throw new ContainerError('encrypted');
    // The library ends at what it cannot read as at the end of the archive; one without files it could not list at all.
    if (files.length === 0 || library.error_string(reader.archive)) throw new ContainerError('damaged');
    reader.free();
  } catch (cause) {
    if (cause instanceof ContainerError) throw cause;
    throw new ContainerError(/passphrase|encrypt/i.test(String(cause)) ? 'encrypted' : 'damaged', cause);
  }
  return files;
}

/**
 * The library gives letters beyond ASCII as `*`; each becomes 〓, as in print. Two such names may be alike, so the number
 * of the file is added.
 */
function legible(name: string | null, number: number): string {
  if (!name) return `${number}`;
  if (!name.includes('*')) return name;
  const at = name.lastIndexOf('.') > name.lastIndexOf('/') ? name.lastIndexOf('.') : name.length;
  return `${name.slice(0, at).replaceAll('*', '〓')}（${number}）${name.slice(at).replaceAll('*', '〓')}`;
}
