import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { TAGS } from '../emulators/object-versions.ts';
import { entriesBelow, isFolder, isLitter, isThere, namesIn, requireAbsence } from './look-into.ts';
import type { DamagedFiles } from './set-aside.ts';

/** Most names in a sentence. */
const NAMED = 20;
const listed = (names: string[]): string =>
  names.slice(0, NAMED).join('、') + (names.length > NAMED ? ` ほか ${names.length - NAMED} 件` : '');

const SUFFIX = /\.(data|meta\.json)$/;

/** True: the object store holds at least one object. */
export const hasObjects = (folder: string): boolean =>
  entriesBelow(join(folder, 'buckets')).some(({ name }) => name.endsWith('.data'));

/** Objects that the store cannot have. Throws where a file cannot be opened: it may be sound. */
export function brokenObjects(folder: string): string[] {
  const buckets = join(folder, 'buckets');
  const names = entriesBelow(buckets)
    .map(({ name }) => name)
    .filter((name) => SUFFIX.test(name) && !isLitter(name));
  const objects = new Set(names.map((name) => name.replace(SUFFIX, '')));
  return [...objects].filter((name) => !isWhole(join(buckets, name)));
}

/** Tells where tables were made and no bucket was: a start makes both, and the store would make empty ones without a word. */
export const checkObjects = (folder: string, tables: string): string[] =>
  isThere(join(tables, 'CURRENT')) && !isThere(join(folder, 'buckets'))
    ? [
        `送付物・判定・通知のファイル (${folder}) がありません。受け取ったものがあれば、止めて、バックアップから戻してください。失われた受付番号は npm run -s uketsuke -- rebuild が示します。`,
      ]
    : [];

/**
 * Makes the folder of the object store one that fauxqs can start with: an object of which one of two files is missing,
 * cut off or of another shape (a kill while it was written, or damage) is moved aside, as is a file that is not of the
 * store, and the description of a bucket is written again. Returns what the operator is to know, as sentences.
 * @param broken of brokenObjects
 */
export function repairObjects(folder: string, broken: string[], damaged: DamagedFiles): string[] {
  const buckets = join(folder, 'buckets');
  const told = [...moveStrays(buckets, damaged), ...moveBroken(buckets, broken, damaged)];
  for (const name of namesIn(buckets)) if (isFolder(join(buckets, name))) describeBucket(buckets, name);
  // Parts of an unfinished multipart upload are useless after a restart: their sender got no answer.
  rmSync(join(folder, '_multipart'), { recursive: true, force: true });
  return told;
}

/**
 * Objects whose bytes are not those that were stored, by the digest the store took of them: read whole, so only for a
 * backup. An object of which a kill left one file is no damage: it was never confirmed.
 */
export async function damagedObjects(folder: string): Promise<string[]> {
  const buckets = join(folder, 'buckets');
  const damaged: string[] = [];
  for (const { name } of entriesBelow(buckets).filter((one) => one.name.endsWith('.data')))
    if (await isChanged(join(buckets, name.replace(SUFFIX, '')))) damaged.push(`objects/buckets/${name}`);
  return damaged;
}

async function isChanged(base: string): Promise<boolean> {
  if (!isWhole(base)) return false;
  const [, stored] = /^"?([0-9a-f]{32})"?$/.exec(readDescription(base).etag) ?? [];
  if (!stored) return false;
  const hash = createHash('md5');
  for await (const chunk of createReadStream(`${base}.data`)) hash.update(chunk);
  return hash.digest('hex') !== stored;
}

/**
 * Files where a bucket or the folder of its objects should be, and copies that a system makes beside an object, which the
 * store would take for objects. Other litter stays: the store does not look at it.
 */
function moveStrays(buckets: string, damaged: DamagedFiles): string[] {
  const strays = entriesBelow(buckets).filter(({ name, kind }) => {
    const parts = name.split(sep);
    if (isLitter(name)) return SUFFIX.test(name);
    return kind !== 'folder' && (parts.length === 1 || (parts.length === 2 && parts[1] === 'objects'));
  });
  for (const { name } of strays) damaged.add(join(buckets, name));
  if (strays.length === 0) return [];
  return [
    `送付物・判定・通知の場所 (${buckets}) に受付のものでないファイルが ${strays.length} 件あったので、${damaged.name} に移しました（${listed(strays.map(({ name }) => name))}）。消してよいか確かめてください。フォルダーの代わりにあったものなら、中の送付物は失われているので、npm run -s uketsuke -- rebuild で足りないものを確かめてください。`,
  ];
}

function moveBroken(buckets: string, broken: string[], damaged: DamagedFiles): string[] {
  const uploads = new Set<string>();
  const moved = { scans: 0, results: 0 };
  for (const name of broken) {
    const base = join(buckets, name);
    for (const file of [`${base}.data`, `${base}.meta.json`]) if (existsSync(file)) damaged.add(file);
    const [, upload] = /[\\/]objects[\\/]uploads[\\/]([^\\/]+)/.exec(name) ?? [];
    if (!upload) moved.results++;
    else if (name.endsWith(TAGS)) moved.scans++;
    else uploads.add(upload);
  }
  const told: string[] = [];
  if (uploads.size > 0)
    told.push(
      `送付物 ${uploads.size} 件のファイルが途中で切れているか、片方がないか、形が違うので、${damaged.name} に移しました（${listed([...uploads])}）。受付番号が出ているものは、バックアップから戻すか、事業所にもう一度送ってもらってください。`,
    );
  if (moved.scans > 0)
    told.push(
      `ウイルス検査の結果 ${moved.scans} 件が読めないので、${damaged.name} に移しました。検査し直します。`,
    );
  if (moved.results > 0)
    told.push(
      `判定や通知のファイル ${moved.results} 件が途中で切れているか、形が違うので、${damaged.name} に移しました。npm run -s uketsuke -- rebuild で作り直せます。`,
    );
  return told;
}

/** What fauxqs reads of the description of an object; it takes every value for granted. */
const descriptionShape = z.object({
  key: z.string(),
  contentType: z.string(),
  contentLength: z.number(),
  etag: z.string(),
  lastModified: z.iso.datetime(),
  metadata: z.record(z.string(), z.string()),
});

/** Throws SyntaxError or ZodError for one of another shape, and where it cannot be read. */
const readDescription = (base: string): z.infer<typeof descriptionShape> =>
  descriptionShape.parse(JSON.parse(readFileSync(`${base}.meta.json`, 'utf8')));

/** Throws where one of the files cannot be opened. */
function isWhole(base: string): boolean {
  try {
    const { contentLength } = readDescription(base);
    accessSync(`${base}.data`, constants.R_OK);
    return statSync(`${base}.data`).size === contentLength;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) requireAbsence(error);
    return false;
  }
}

/** fauxqs keeps a bucket's name in a file of its own, which says nothing that its folder does not. */
function describeBucket(buckets: string, name: string): void {
  const file = join(buckets, name, '.bucket.json');
  try {
    if ((JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name === name) return;
  } catch (error) {
    // missing or damaged
    if (!(error instanceof SyntaxError || error instanceof TypeError)) requireAbsence(error);
  }
  const creationDate = statSync(join(buckets, name)).birthtime.toISOString();
  writeFileSync(file, JSON.stringify({ name, creationDate, type: 'general-purpose' }));
}
