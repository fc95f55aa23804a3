import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { claimFolder } from '../host/desk-file.ts';
import { InputError } from './expand-inputs.ts';
import { reportErrors } from './report-errors.ts';
import { dataFolder } from './start.ts';

interface Copied {
  path: string;
  bytes: number;
  sha256: string;
}
const MANIFEST = 'backup.json';
/** Which process runs the desk: of no use elsewhere. */
const LEFT_OUT = new Set(['desk.json']);

/** `uketsuke backup --to FOLDER`: everything of a desk that is stopped, with a manifest. */
export const runBackup = (argv: string[]): Promise<number> =>
  withFolders(argv, 'to', async (folder, to) => {
    const files = await backup(folder, to);
    process.stdout.write(`${folder} の ${files} ファイルを ${to} に写しました。\n`);
  });

/** `uketsuke restore --from FOLDER`: checks the copy whole, then puts it into an empty data folder. */
export const runRestore = (argv: string[]): Promise<number> =>
  withFolders(argv, 'from', async (folder, from) => {
    const files = await restore(from, folder);
    process.stdout.write(`${files} ファイルを確かめて ${folder} に戻しました。npm start で始められます。\n`);
  });

/** Copies a data folder while no desk runs on it. Returns the number of files. */
export async function backup(folder: string, to: string): Promise<number> {
  if (!existsSync(join(folder, 'tables'))) throw new InputError(`${folder} に受付の記録がありません。`);
  if (existsSync(to) && (await readdir(to)).length > 0)
    throw new InputError(`${to} は空ではありません。新しいフォルダーを指定してください。`);
  // A desk that runs writes while it is copied: half of a step here, half there.
  const claim = await claimFolder(folder);
  try {
    const files = await copyAll(folder, to, await filesIn(folder));
    await writeFile(
      join(to, MANIFEST),
      JSON.stringify({ made_at: new Date().toISOString(), files }, null, 1),
    );
    return files.length;
  } finally {
    claim.leave();
  }
}

/** Puts a copy into an empty data folder. Nothing is written when a file of the copy is missing or changed. */
export async function restore(from: string, folder: string): Promise<number> {
  const manifest = await readFile(join(from, MANIFEST), 'utf8').catch(() => null);
  if (!manifest) throw new InputError(`${from} は写しではありません（${MANIFEST} がない）。`);
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new InputError(`${folder} は空ではありません。戻す先には新しいフォルダーを指定してください。`);
  const { files } = JSON.parse(manifest) as { files: Copied[] };
  for (const one of files) {
    const there = await weigh(join(from, one.path)).catch(() => null);
    if (there?.sha256 !== one.sha256)
      throw new InputError(
        `写しの ${one.path} が${there ? '写したときと違います' : 'ありません'}。戻しませんでした。`,
      );
  }
  await copyAll(
    from,
    folder,
    files.map((one) => one.path),
  );
  return files.length;
}

async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => one.isFile() && !LEFT_OUT.has(one.name))
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .sort();
}

async function copyAll(from: string, to: string, paths: string[]): Promise<Copied[]> {
  const copied: Copied[] = [];
  for (const path of paths) {
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(from, path), target);
    copied.push({ path: path.split(sep).join('/'), ...(await weigh(target)) });
  }
  return copied;
}

async function weigh(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

const withFolders = (
  argv: string[],
  needs: 'to' | 'from',
  work: (folder: string, other: string) => Promise<void>,
): Promise<number> =>
  reportErrors(async () => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: argv, options: { data: text, to: text, from: text } });
    const other = values[needs];
    if (!other) throw new InputError(`--${needs} フォルダー を付けてください。`);
    await work(resolve(dataFolder(values.data)), resolve(other));
    return 0;
  });
