import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { LooseFile } from '../shared/packet/upload-source.ts';

/** The first day of the ZIP format, so that the same folder always gives the same bytes. */
const NO_DATE = new Date(1980, 0, 1);

/** Packs a folder into a ZIP. */
export async function packFolder(folder: string, file: string): Promise<void> {
  const paths = await filesBelow(folder);
  await packFiles(
    paths.map((path) => ({ path, file: join(folder, path) })),
    file,
  );
}

/** Packs files into a ZIP, streaming one after the other. */
export async function packFiles(files: LooseFile[], file: string): Promise<void> {
  const zip = new ZipFile();
  for (const one of files) zip.addFile(one.file, one.path, { mtime: NO_DATE, mode: 0o100644 });
  zip.end();
  await pipeline(zip.outputStream as unknown as NodeJS.ReadableStream, createWriteStream(file));
}

/** Paths below the folder with / between names, sorted, without hidden files. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .sort();
}
