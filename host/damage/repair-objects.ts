import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TAGS } from '../emulators/object-versions.ts';
import type { DamagedFiles } from './set-aside.ts';

/** Most names in a sentence. */
const NAMED = 20;
const listed = (names: string[]): string =>
  names.slice(0, NAMED).join('、') + (names.length > NAMED ? ` ほか ${names.length - NAMED} 件` : '');

const SUFFIX = /\.(data|meta\.json)$/;

/** True: the object store holds at least one object. */
export const hasObjects = (folder: string): boolean =>
  listFiles(join(folder, 'buckets')).some((name) => name.endsWith('.data'));

/** Tells where tables were made and no bucket was: a start makes both, and the store would make empty ones without a word. */
export const checkObjects = (folder: string, tables: string): string[] =>
  existsSync(join(tables, 'CURRENT')) && !existsSync(join(folder, 'buckets'))
    ? [
        `送付物・判定・通知のファイル (${folder}) がありません。受け取ったものがあれば、止めて、バックアップから戻してください。失われた受付番号は npm run -s uketsuke -- rebuild が示します。`,
      ]
    : [];

/**
 * Makes the folder of the object store one that fauxqs can start with: an object of which one of two files is missing or
 * cut off (a kill while it was written, or damage) is moved aside, and the description of a bucket is written again.
 * Returns what the operator is to know, as sentences.
 */
export function repairObjects(folder: string, damaged: DamagedFiles): string[] {
  const buckets = join(folder, 'buckets');
  const told = moveHalfWritten(buckets, damaged);
  for (const bucket of existsSync(buckets) ? readdirSync(buckets) : []) describeBucket(buckets, bucket);
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
  for (const name of listFiles(buckets).filter((one) => one.endsWith('.data')))
    if (await isChanged(join(buckets, name.replace(SUFFIX, '')))) damaged.push(`objects/buckets/${name}`);
  return damaged;
}

async function isChanged(base: string): Promise<boolean> {
  if (!isWhole(base)) return false;
  const { etag } = JSON.parse(readFileSync(`${base}.meta.json`, 'utf8')) as { etag?: string };
  const [, stored] = /^"?([0-9a-f]{32})"?$/.exec(etag ?? '') ?? [];
  if (!stored) return false;
  const hash = createHash('md5');
  for await (const chunk of createReadStream(`${base}.data`)) hash.update(chunk);
  return hash.digest('hex') !== stored;
}

function moveHalfWritten(buckets: string, damaged: DamagedFiles): string[] {
  const names = listFiles(buckets).filter((name) => SUFFIX.test(name));
  const objects = new Set(names.map((name) => name.replace(SUFFIX, '')));
  const uploads = new Set<string>();
  const moved = { scans: 0, results: 0 };
  for (const name of objects) {
    const base = join(buckets, name);
    if (isWhole(base)) continue;
    for (const file of [`${base}.data`, `${base}.meta.json`]) if (existsSync(file)) damaged.add(file);
    const [, upload] = /\/objects\/uploads\/([^/]+)/.exec(name) ?? [];
    if (!upload) moved.results++;
    else if (name.endsWith(TAGS)) moved.scans++;
    else uploads.add(upload);
  }
  const told: string[] = [];
  if (uploads.size > 0)
    told.push(
      `送付物 ${uploads.size} 件のファイルが途中で切れているか、片方がないので、${damaged.name} に移しました（${listed([...uploads])}）。受付番号が出ているものは、バックアップから戻すか、事業所にもう一度送ってもらってください。`,
    );
  if (moved.scans > 0)
    told.push(
      `ウイルス検査の結果 ${moved.scans} 件が読めないので、${damaged.name} に移しました。検査し直します。`,
    );
  if (moved.results > 0)
    told.push(
      `判定や通知のファイル ${moved.results} 件が途中で切れていたので、${damaged.name} に移しました。npm run -s uketsuke -- rebuild で作り直せます。`,
    );
  return told;
}

function isWhole(base: string): boolean {
  try {
    const meta = JSON.parse(readFileSync(`${base}.meta.json`, 'utf8')) as { contentLength: number };
    return statSync(`${base}.data`).size === meta.contentLength;
  } catch {
    return false;
  }
}

/** fauxqs keeps a bucket's name in a file of its own, which says nothing that its folder does not. */
function describeBucket(buckets: string, name: string): void {
  const file = join(buckets, name, '.bucket.json');
  try {
    if ((JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name === name) return;
  } catch {
    // missing or damaged
  }
  const creationDate = statSync(join(buckets, name)).birthtime.toISOString();
  writeFileSync(file, JSON.stringify({ name, creationDate, type: 'general-purpose' }));
}

const listFiles = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
