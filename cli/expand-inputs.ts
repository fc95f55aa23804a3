import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { UploadSource } from '../shared/packet/upload-source.ts';

export class InputError extends Error {}

/**
 * The uploads a user means by the paths given: a file is an upload; a folder that holds ZIPs is one upload per ZIP
 * (its other files and folders are one more); any other folder is one upload.
 * Throws InputError with the path and the cause when a path cannot be read.
 */
export async function expandInputs(paths: string[]): Promise<UploadSource[]> {
  const sources: UploadSource[] = [];
  for (const path of paths) {
    const full = resolve(path);
    let info: Awaited<ReturnType<typeof stat>>;
    try {
      info = await stat(full);
    } catch {
      throw new InputError(`「${path}」が見つかりません。ファイルまたはフォルダーの場所を確かめてください。`);
    }
    if (!info.isDirectory()) {
      sources.push({ name: basename(full), file: full });
      continue;
    }
    const entries = (await readdir(full, { withFileTypes: true })).filter((e) => !e.name.startsWith('.'));
    const zips = entries
      .filter((e) => e.isFile() && /\.zip$/i.test(e.name))
      .map((e) => e.name)
      .sort();
    for (const zip of zips) sources.push({ name: zip, file: join(full, zip) });
    if (zips.length === 0) sources.push({ name: basename(full), folder: full });
    // Folders beside ZIPs hold packets of their own; loose files there (a README, a registry) do not.
    else
      for (const e of entries.filter((e) => e.isDirectory()))
        sources.push({ name: e.name, folder: join(full, e.name) });
  }
  return sources;
}
