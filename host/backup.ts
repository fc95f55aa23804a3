import { createHash } from 'node:crypto';
import { createReadStream, realpathSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { claimFolder } from './claim-folder.ts';
import { damagedTables } from './damage/check-tables.ts';
import { entriesBelow, isFolder, isLitter, isThere, namesIn, requireOpenable } from './damage/look-into.ts';
import { damagedObjects } from './damage/repair-objects.ts';
import { checkFormat, DataFolderError, hasRecords, RESTORE_MARK } from './data-folder.ts';
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
  requireEmpty(to, '新しいフォルダーを指定してください。');
  for (const part of ['.', 'tables', 'objects', 'queues'])
    requireOutside(to, join(folder, part), '記録の場所の中にはバックアップを取れません。');
  // A running desk would write into the folder while it is copied.
  const claim = await claimFolder(folder);
  try {
    const damaged = await requireReadable(folder, acceptLoss);
    const files = await copyFiles(folder, to, listFiles(folder));
    const manifest = { made_at: new Date().toISOString(), list: describeList(files), files };
    await writeFile(join(to, MANIFEST), JSON.stringify(manifest, null, 1));
    await writeFile(lastBackupNote(folder), JSON.stringify({ made_at: manifest.made_at }));
    return { files: files.length, damaged };
  } finally {
    claim.release();
  }
}

/** Throws DataFolderError where a table of the folder cannot be read, or an object, unless that is accepted. */
async function requireReadable(folder: string, acceptLoss: boolean): Promise<string[]> {
  requireOpenable(join(folder, 'tables'));
  const [tables, objects] = [
    damagedTables(join(folder, 'tables')),
    await damagedObjects(join(folder, 'objects')),
  ];
  const damage = [...tables, ...objects];
  if (tables.length === 0 && (objects.length === 0 || acceptLoss)) return objects;
  throw new DataFolderError(
    `${folder} の記録が壊れているため、バックアップを作りませんでした（${shortened(damage)}）。` +
      '一度 npm start で動かし、npm run -s uketsuke -- rebuild を行うと、直せるものは直され、失われたものが示されます。前のバックアップは消さないでください。' +
      (tables.length === 0 ? '戻せない送付物があるまま取るときは --accept-loss を付けてください。' : ''),
  );
}

/**
 * Copies a backup into an empty data folder. Returns the number of files, and what the operator is to know of the backup.
 * Throws DataFolderError, and writes nothing, when a file of the backup is missing or changed, or a path of the manifest
 * leaves the folder. A restore that is cut off leaves a mark, with which no desk starts.
 */
export async function restore(from: string, folder: string): Promise<{ files: number; notes: string[] }> {
  const list = join(from, MANIFEST);
  if (!isThere(list) || isFolder(list))
    throw new DataFolderError(`${from} はバックアップではありません（${MANIFEST} がない）。`);
  checkFormat(from);
  requireEmpty(folder, '戻す先には新しいフォルダーを指定してください。');
  requireOutside(folder, from, 'バックアップの中には戻せません。');
  const { files, notes } = readManifest(await readFile(list, 'utf8'), from);
  for (const file of files) await requireUnchanged(from, file);
  const claim = await claimFolder(folder);
  try {
    // Another restore may have ended since.
    requireEmpty(folder, '戻す先には新しいフォルダーを指定してください。');
    await writeFile(join(folder, RESTORE_MARK), JSON.stringify({ from }));
    await copyFiles(
      from,
      folder,
      files.map((file) => file.path),
    );
    await rm(join(folder, RESTORE_MARK));
  } finally {
    claim.release();
  }
  return { files: files.length, notes };
}

const manifestShape = z.object({
  /** of the list below; backups of earlier versions have none */
  list: z.object({ files: z.number(), bytes: z.number(), sha256: z.string() }).optional(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

const describeList = (files: CopiedFile[]) => ({
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  sha256: createHash('sha256').update(JSON.stringify(files)).digest('hex'),
});

/** Throws DataFolderError for a manifest that is damaged or changed, and for a path that leaves the folder. */
function readManifest(text: string, from: string): { files: CopiedFile[]; notes: string[] } {
  const refuse = (fault: string): never => {
    throw new DataFolderError(
      `バックアップの一覧 (${join(from, MANIFEST)}) ${fault}何も戻しませんでした。別のバックアップを指定してください。`,
    );
  };
  const { success, data } = manifestShape.safeParse(parseJson(text));
  if (!success) return refuse('が壊れていて読めません。');
  const { list, files } = data;
  const outside = files.find(({ path }) => !staysInside(path));
  if (outside)
    return refuse(`に、戻す先の外を指す「${outside.path}」があります。書き換えられたおそれがあるため、`);
  if (files.length === 0) return refuse('に、ファイルが一つもありません。');
  if (new Set(files.map(({ path }) => path)).size < files.length)
    return refuse('に、同じファイルが二度あります。書き換えられたおそれがあるため、');
  if (list && !isDeepStrictEqual(list, describeList(files)))
    return refuse(
      `が、取ったとき（${list.files} ファイル、${list.bytes} バイト）と違います。書き換えられたか、壊れたおそれがあるため、`,
    );
  return { files, notes: [...(list ? [] : [WITHOUT_DIGEST]), ...notesOnUnlisted(from, files)] };
}

const WITHOUT_DIGEST =
  '前の版のバックアップで、一覧そのものの控えがないため、一覧から抜けたファイルがないかは確かめられませんでした。始めたら npm run -s uketsuke -- rebuild で足りないものを確かめ、新しいバックアップを取ってください。';

/** Names the files of a backup that its list does not have: they are not restored. */
function notesOnUnlisted(from: string, files: CopiedFile[]): string[] {
  const listed = new Set([MANIFEST, ...files.map(({ path }) => path)]);
  const unlisted = entriesBelow(from)
    .filter(({ name, kind }) => kind !== 'folder' && !isLitter(name))
    .map(({ name }) => name.split(sep).join('/'))
    .filter((name) => !listed.has(name));
  return unlisted.length === 0
    ? []
    : [
        `バックアップの一覧にないファイルが ${unlisted.length} 件あり、戻しませんでした（${shortened(unlisted)}）。バックアップのあとで加わったか、一覧から抜けたものです。必要なものかを確かめてください。`,
      ];
}

/** The first names of a list. */
const shortened = (names: string[]): string =>
  `${names.slice(0, 5).join('、')}${names.length > 5 ? ` ほか ${names.length - 5} 件` : ''}`;

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

function requireEmpty(folder: string, remedy: string): void {
  if (isThere(folder) && !isFolder(folder))
    throw new DataFolderError(`${folder} はファイルなので、フォルダーとして使えません。${remedy}`);
  if (namesIn(folder).some((name) => !isLitter(name)))
    throw new DataFolderError(`${folder} は空ではありません。${remedy}`);
}

/** Throws DataFolderError for a folder in another, also through links. */
function requireOutside(folder: string, other: string, fault: string): void {
  const [inner, outer] = [realPathOf(folder), realPathOf(other)];
  if (inner === outer || inner.startsWith(outer + sep))
    throw new DataFolderError(
      `${folder} は ${other} の中です。${fault}その外の、新しいフォルダーを指定してください。`,
    );
}

/** The path without links, also of a folder that is still to be made. */
function realPathOf(path: string): string {
  if (isThere(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(realPathOf(dirname(path)), basename(path));
}

async function requireUnchanged(from: string, { path, sha256 }: CopiedFile): Promise<void> {
  const current = isThere(join(from, path)) ? await measure(join(from, path)) : null;
  if (current?.sha256 !== sha256)
    throw new DataFolderError(
      `バックアップの ${path} が${current ? '取ったときと違います' : 'ありません'}。戻しませんでした。`,
    );
}

/** What a backup leaves out: the address of the process that ran last, when the folder was copied, the manifest it came from. */
const NOT_COPIED = [ADDRESS_FILE, 'last-backup.json', MANIFEST];

/** Paths below the folder, sorted, also behind links. Throws DataFolderError for what is no file and cannot be copied. */
function listFiles(folder: string): string[] {
  const entries = entriesBelow(folder).filter(({ name }) => !NOT_COPIED.includes(name));
  const other = entries.find(({ kind }) => kind === 'other');
  if (other)
    throw new DataFolderError(
      `${join(folder, other.name)} は、先のないリンクか、ファイルでないものなので写せず、バックアップを作りませんでした。リンクの先のディスクをつなぐか、要らないものなら消してから、もう一度行ってください。`,
    );
  return entries
    .filter(({ kind }) => kind === 'file')
    .map(({ name }) => name)
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
