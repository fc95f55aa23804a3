import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { LooseFile, UploadSource } from '../shared/packet/upload-source.ts';

/** An input cannot be read. The message tells the user which and why. */
export class InputError extends Error {}

/**
 * The uploads of the given paths: a ZIP is one upload; files that are none are one upload together, as if they were dropped
 * at once; a folder with ZIPs is one per ZIP and one per folder in it;
 * any other folder is one upload. Throws InputError when a path does not exist.
 */
export async function expandInputs(paths: string[]): Promise<UploadSource[]> {
  const sources: UploadSource[] = [];
  const loose: LooseFile[] = [];
  for (const path of paths) {
    const full = resolve(path);
    let info: Awaited<ReturnType<typeof stat>>;
    try {
      info = await stat(full);
    } catch {
      throw new InputError(`「${path}」が見つかりません。ファイルまたはフォルダーの場所を確かめてください。`);
    }
    if (!info.isDirectory()) {
      if (/\.zip$/i.test(full)) sources.push({ name: basename(full), file: full });
      else loose.push({ path: basename(full), file: full });
      continue;
    }
    const entries = (await readdir(full, { withFileTypes: true })).filter((e) => !e.name.startsWith('.'));
    const zips = entries
      .filter((e) => e.isFile() && /\.zip$/i.test(e.name))
      .map((e) => e.name)
      .sort();
    for (const zip of zips) sources.push({ name: zip, file: join(full, zip) });
    if (zips.length === 0) sources.push({ name: basename(full), folder: full });
    // Loose files beside ZIPs (a README, a registry) are no packets.
    else
      for (const e of entries.filter((e) => e.isDirectory()))
        sources.push({ name: e.name, folder: join(full, e.name) });
  }
  return [...sources, ...looseUpload(loose)];
}

function looseUpload(files: LooseFile[]): UploadSource[] {
  const [first, ...others] = files;
  if (!first) return [];
  if (others.length === 0) return [{ name: first.path, file: first.file }];
  return [{ name: `${first.path} ほか${others.length}ファイル`, files }];
}
