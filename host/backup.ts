import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as z from 'zod';
import { claimFolder } from './claim-folder.ts';
import { damagedTables } from './damage/check-tables.ts';
import { damagedObjects } from './damage/repair-objects.ts';
import { checkFormat, DataFolderError, hasRecords } from './data-folder.ts';
import { ADDRESS_FILE } from './host-address.ts';

interface CopiedFile {
  path: string;
  bytes: number;
  sha256: string;
}

const MANIFEST = 'backup.json';

/** Where a folder keeps when it was copied last; the operator reads it in the page. */
export const lastBackupNote = (folder: string): string => join(folder, 'last-backup.json');

/**
 * Copies the data folder of a stopped desk, with a manifest. Returns the number of files, and what is damaged in them.
 * Throws DataFolderError, also where the records are damaged: a backup of them would replace sound ones.
 * @param acceptLoss copies damaged objects as well: what no older backup has cannot be restored any more
 */
export async function backup(
  folder: string,
  to: string,
  { acceptLoss = false } = {},
): Promise<{ files: number; damaged: string[] }> {
  if (!hasRecords(folder)) throw new DataFolderError(`${folder} に受付の記録がありません。`);
  checkFormat(folder);
  await requireEmpty(to, '新しいフォルダーを指定してください。');
  // A running desk would write into the folder while it is copied.
  const claim = await claimFolder(folder);
  try {
    const damaged = await requireReadable(folder, acceptLoss);
    const files = await copyFiles(folder, to, await listFiles(folder));
    const manifest = { made_at: new Date().toISOString(), files };
    await writeFile(join(to, MANIFEST), JSON.stringify(manifest, null, 1));
    await writeFile(lastBackupNote(folder), JSON.stringify({ made_at: manifest.made_at }));
    return { files: files.length, damaged };
  } finally {
    claim.release();
  }
}

/** Throws DataFolderError where a table of the folder cannot be read, or an object, unless that is accepted. */
async function requireReadable(folder: string, acceptLoss: boolean): Promise<string[]> {
  const [tables, objects] = [
    damagedTables(join(folder, 'tables')),
    await damagedObjects(join(folder, 'objects')),
  ];
  const damage = [...tables, ...objects];
  if (tables.length === 0 && (objects.length === 0 || acceptLoss)) return objects;
  throw new DataFolderError(
    `${folder} の記録が壊れているため、バックアップを作りませんでした（${damage.slice(0, 5).join('、')}${damage.length > 5 ? ` ほか ${damage.length - 5} 件` : ''}）。` +
      '一度 npm start で動かし、npm run -s uketsuke -- rebuild を行うと、直せるものは直され、失われたものが示されます。前のバックアップは消さないでください。' +
      (tables.length === 0 ? '戻せない送付物があるまま取るときは --accept-loss を付けてください。' : ''),
  );
}

/**
 * Copies a backup into an empty data folder. Returns the number of files. Throws DataFolderError, and writes nothing,
 * when a file of the backup is missing or changed, or a path of the manifest leaves the folder.
 */
export async function restore(from: string, folder: string): Promise<number> {
  const manifest = await readFile(join(from, MANIFEST), 'utf8').catch(() => null);
  if (!manifest) throw new DataFolderError(`${from} はバックアップではありません（${MANIFEST} がない）。`);
  checkFormat(from);
  await requireEmpty(folder, '戻す先には新しいフォルダーを指定してください。');
  const files = readManifest(manifest, from);
  for (const file of files) await requireUnchanged(from, file);
  await copyFiles(
    from,
    folder,
    files.map((file) => file.path),
  );
  return files.length;
}

const manifestShape = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** Throws DataFolderError for a damaged manifest, and for a path that leaves the folder. */
function readManifest(text: string, from: string): CopiedFile[] {
  const parsed = manifestShape.safeParse(parseJson(text));
  if (!parsed.success)
    throw new DataFolderError(
      `バックアップの一覧 (${join(from, MANIFEST)}) が壊れていて読めません。戻しませんでした。別のバックアップを指定してください。`,
    );
  const { files } = parsed.data;
  const outside = files.find(({ path }) => !staysInside(path));
  if (outside)
    throw new DataFolderError(
      `バックアップの一覧 (${join(from, MANIFEST)}) に、戻す先の外を指す「${outside.path}」があります。書き換えられたおそれがあるため、何も戻しませんでした。別のバックアップを指定してください。`,
    );
  return files;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Also for paths of another system: a backup may be carried from one to the other. */
const staysInside = (path: string): boolean =>
  path !== '' &&
  !/^([a-z]:|[\\/])/i.test(path) &&
  !path.split(/[\\/]/).some((part) => part === '..' || part === '.' || part === '' || part.includes('\0'));

async function requireEmpty(folder: string, remedy: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new DataFolderError(`${folder} は空ではありません。${remedy}`);
}

async function requireUnchanged(from: string, { path, sha256 }: CopiedFile): Promise<void> {
  const current = await measure(join(from, path)).catch(() => null);
  if (current?.sha256 !== sha256)
    throw new DataFolderError(
      `バックアップの ${path} が${current ? '取ったときと違います' : 'ありません'}。戻しませんでした。`,
    );
}

/** Paths below the folder, sorted; without the address of the process that ran last. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && ![ADDRESS_FILE, 'last-backup.json'].includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function copyFiles(from: string, to: string, paths: string[]): Promise<CopiedFile[]> {
  const copied: CopiedFile[] = [];
  for (const path of paths) {
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target);
    copied.push({ path: path.split(sep).join('/'), ...(await measure(target)) });
  }
  return copied;
}

async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}
