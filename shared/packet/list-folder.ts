import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { maskedPath } from '../text/my-number.ts';
import { EntryTrouble, numberedName } from './entry-trouble.ts';
import { isNestedZip, openNested } from './list-archive.ts';
import type { Opening } from './opening.ts';
import { isJunk, type UploadEntry } from './upload-entry.ts';
import type { LooseFile } from './upload-source.ts';
import { fileSource } from './zip/byte-source.ts';
import { assertWithin } from './zip/unpack-entry.ts';

/** Lists the files of a folder on disk by the rules of a ZIP: links are not followed, a ZIP in it is a folder. */
export async function listFolder(
  folder: string,
  opening: Opening,
  above: string[] = [],
): Promise<UploadEntry[]> {
  const entries: UploadEntry[] = [];
  const children = await readdir(folder, { withFileTypes: true });
  if (children.length === 0 && above.length > 0) opening.emptyFolders.push(maskedPath(`${above.join('/')}/`));
  for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, child.name);
    const parts = [...above, child.name.normalize('NFC')];
    if (child.isDirectory() && parts.length <= opening.limits.depth) {
      entries.push(...(await listFolder(file, opening, parts)));
      continue;
    }
    if (++opening.files > opening.limits.files) break;
    const trouble = child.isFile() ? null : notFile(child.isDirectory(), opening.limits.depth);
    entries.push(...(await listFile({ file, parts, trouble }, opening)));
  }
  return entries;
}

/** Lists files that are sent together. */
export async function listFiles(files: LooseFile[], opening: Opening): Promise<UploadEntry[]> {
  const entries: UploadEntry[] = [];
  for (const { path, file } of files) {
    opening.files++;
    const parts = path.normalize('NFC').split('/');
    entries.push(...(await listFile({ file, parts, trouble: null }, opening)));
  }
  return entries;
}

interface FileOnDisk {
  file: string;
  parts: string[];
  trouble: EntryTrouble | null;
}

async function listFile({ file, parts, trouble }: FileOnDisk, opening: Opening): Promise<UploadEntry[]> {
  const shown = parts.map(maskedPath);
  const isNamed = shown.some((part, i) => part !== parts[i]);
  const entry: UploadEntry = {
    at: [],
    path: shown.join('/'),
    parts: shown,
    archive: null,
    trouble: isNamed ? numberedName() : trouble,
    isJunk: isJunk(parts),
    // A link is not followed.
    ...(!trouble && { stored: () => createReadStream(file) }),
    bytes: (counted) => fileBytes(file, opening, counted),
  };
  return isNestedZip(entry) ? openNested(entry, opening, 1, await fileSource(file)) : [entry];
}

export async function* fileBytes(
  file: string,
  { limits, count }: Pick<Opening, 'limits' | 'count'>,
  counted: boolean,
): AsyncGenerator<Buffer> {
  const { size: packed } = await stat(file);
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    size += chunk.length;
    if (counted) count.total += chunk.length;
    assertWithin(limits, size, packed, count);
    yield chunk;
  }
}

const notFile = (isFolder: boolean, depth: number): EntryTrouble =>
  isFolder
    ? new EntryTrouble(
        'F_ZIP_NESTED',
        'unsupported',
        `フォルダーの入れ子が上限（${depth} 段）を超えています`,
        'フォルダーを浅くしてください。',
      )
    : new EntryTrouble(
        'F_ZIP_UNSAFE_PATH',
        'quarantined',
        'ファイルではなく、別の場所を指すリンクなどです',
        'リンクではなくファイルそのものを置いてください。',
      );
