import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runBackup, runRestore } from '../../cli/backup.ts';
import { prepareFolder } from '../../host/data-folder.ts';

// The two verbs as an operator types them. case-life.test.ts starts a desk from its copy.
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-backup-'));
const at = (name: string) => join(folder, name);
const contents = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .map((file) => [file.slice(root.length), readFileSync(file, 'utf8')])
    .sort();

/** Of new tables, as LevelDB writes it: it names the log 3. */
const MANIFEST =
  '56f9b8f81c0001011a6c6576656c64622e4279746577697365436f6d70617261746f72a49c8bbe0800010203090003040400';

/** Tables whose log is the start of a record. */
function writeTables(tables: string): void {
  mkdirSync(tables, { recursive: true });
  writeFileSync(join(tables, 'CURRENT'), 'MANIFEST-000002\n');
  writeFileSync(join(tables, 'MANIFEST-000002'), Buffer.from(MANIFEST, 'hex'));
  writeFileSync(join(tables, '000003.log'), 'x');
}

beforeAll(() => {
  prepareFolder(at('data'));
  mkdirSync(at('data/objects/inbox'), { recursive: true });
  writeTables(at('data/tables'));
  writeFileSync(at('data/objects/inbox/upload.data'), 'bytes');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function capture(work: Promise<number>): Promise<{ code: number; text: string }> {
  let text = '';
  const keep = (chunk: unknown) => {
    text += chunk;
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(keep as typeof stream.write),
  );
  const code = await work.finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { code, text };
}

it('copies a stopped desk and restores it file by file', async () => {
  const before = contents(at('data'));
  expect(await capture(runBackup(['--data', at('data'), '--to', at('copy')]))).toEqual({
    code: 0,
    text: expect.stringContaining('5 ファイル'),
  });
  expect((await capture(runRestore(['--from', at('copy'), '--data', at('again')]))).code).toBe(0);
  expect(contents(at('again'))).toEqual(before);
});

it('refuses with a message what would lose data', async () => {
  const onto = await capture(runRestore(['--from', at('copy'), '--data', at('data')]));
  expect(onto).toEqual({ code: 2, text: expect.stringContaining('空ではありません') });
  const twice = await capture(runBackup(['--data', at('data'), '--to', at('copy')]));
  expect(twice).toEqual({ code: 2, text: expect.stringContaining('空ではありません') });
  const nothing = await capture(runBackup(['--data', at('nowhere'), '--to', at('new')]));
  expect(nothing).toEqual({ code: 2, text: expect.stringContaining('受付の記録がありません') });
  expect(await capture(runBackup(['--data', at('data')]))).toMatchObject({ code: 2 });
  writeFileSync(at('copy/tables/000003.log'), 'changed');
  const changed = await capture(runRestore(['--from', at('copy'), '--data', at('new')]));
  expect(changed).toEqual({ code: 2, text: expect.stringContaining('取ったときと違います') });
});

it.each<[what: string, path: string, bytes: string, named?: string]>([
  ['a table whose records are no records', 'tables/000005.ldb', 'x'.repeat(500)],
  ['a log with a changed byte', 'tables/000002.log', '\0'.repeat(64)],
  ['tables without a record beside an upload', 'tables/000003.log', '', '一件の記録もありません'],
  ['tables whose manifest is empty', 'tables/MANIFEST-000002', '', 'MANIFEST が読めません'],
  [
    'a log that is shorter than it was',
    'table-logs.json',
    '{"logs":{"000003.log":8}}',
    '000003.log の終わりの 7 バイト',
  ],
  ['a damaged list of lengths of logs', 'table-logs.json', '{"logs":'],
  ['an upload with a changed byte', 'objects/buckets/inbox/objects/uploads/R1.data', 'Papers'],
])('refuses to copy %s, and names it', async (_what, path, bytes, named = path.split('/').at(-1)) => {
  const data = mkdtempSync(at('damaged-'));
  prepareFolder(data);
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(data, name)), { recursive: true });
    writeFileSync(join(data, name), text);
  };
  writeTables(join(data, 'tables'));
  const object = 'objects/buckets/inbox/objects/uploads/R1';
  write(`${object}.data`, 'papers');
  const etag = `"${createHash('md5').update('papers').digest('hex')}"`;
  write(`${object}.meta.json`, JSON.stringify({ contentLength: 6, etag }));
  expect((await capture(runBackup(['--data', data, '--to', `${data}-sound`]))).code).toBe(0);
  write(path, bytes);
  const { code, text } = await capture(runBackup(['--data', data, '--to', `${data}-copy`]));
  expect(code).toBe(2);
  expect(text).toContain(named);
  expect(text).toContain('前のバックアップは消さないでください');
  expect(existsSync(`${data}-copy`)).toBe(false);
  const accepted = await capture(runBackup(['--data', data, '--to', `${data}-copy`, '--accept-loss']));
  expect(accepted.code).toBe(2);
  expect(accepted.text).toContain(named);
  // Tables that cannot be read are no backup at all.
  expect(existsSync(`${data}-copy`)).toBe(path.startsWith('objects/'));
});

it.each([
  ['../outside', '戻す先の外を指す'],
  ['objects/../../outside', '戻す先の外を指す'],
  ['/tmp/outside', '戻す先の外を指す'],
  ['C:\\outside', '戻す先の外を指す'],
  ['..\\outside', '戻す先の外を指す'],
  ['objects//inbox', '戻す先の外を指す'],
  [null, '壊れていて読めません'],
])('refuses a manifest with the path %s and restores nothing', async (path, message) => {
  const copy = mkdtempSync(at('copy-'));
  prepareFolder(copy);
  writeFileSync(join(copy, 'backup.json'), JSON.stringify({ files: [{ path, bytes: 5, sha256: 'x' }] }));
  const target = `${copy}-restored`;
  const result = await capture(runRestore(['--from', copy, '--data', target]));
  expect(result).toEqual({ code: 2, text: expect.stringContaining(message) });
  expect(existsSync(target)).toBe(false);
});

it('refuses a manifest that is cut off', async () => {
  const copy = mkdtempSync(at('copy-'));
  prepareFolder(copy);
  writeFileSync(join(copy, 'backup.json'), '{"files":[{"path":"ta');
  const result = await capture(runRestore(['--from', copy, '--data', `${copy}-restored`]));
  expect(result).toEqual({ code: 2, text: expect.stringContaining('バックアップの一覧') });
});
