import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runBackup, runRestore } from '../../cli/backup.ts';
import { runStart } from '../../cli/start.ts';
import { restore } from '../../host/backup.ts';
import { prepareFolder, RESTORE_MARK } from '../../host/data-folder.ts';

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
  const description = {
    key: 'uploads/R1',
    contentType: 'application/zip',
    contentLength: 6,
    etag,
    lastModified: '2026-04-01T00:00:00.000Z',
    metadata: {},
  };
  write(`${object}.meta.json`, JSON.stringify(description));
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

it('copies a part of the folder that is on another disk, behind a link', async () => {
  const data = linkedFolder();
  const made = await capture(runBackup(['--data', data, '--to', `${data}-copy`]));
  expect(made).toEqual({ code: 0, text: expect.stringContaining('5 ファイル') });
  expect((await capture(runRestore(['--from', `${data}-copy`, '--data', `${data}-again`]))).code).toBe(0);
  expect(readFileSync(`${data}-again/objects/inbox/upload.data`, 'utf8')).toBe('bytes');
});

it('makes no backup where a link leads nowhere', async () => {
  const data = linkedFolder();
  rmSync(`${data}-disk`, { recursive: true });
  const { code, text } = await capture(runBackup(['--data', data, '--to', `${data}-copy`]));
  expect({ code, text }).toEqual({
    code: 2,
    text: expect.stringMatching(/objects」が見つかりません.*リンクの先/),
  });
  expect(existsSync(`${data}-copy`)).toBe(false);
});

/** A stopped desk whose objects are on another disk. */
function linkedFolder(): string {
  const data = mkdtempSync(at('linked-'));
  cpSync(at('data'), data, { recursive: true });
  renameSync(join(data, 'objects'), `${data}-disk`);
  symlinkSync(`${data}-disk`, join(data, 'objects'));
  return data;
}

it('refuses a backup inside the data folder, and a restore into the backup, also behind a link', async () => {
  symlinkSync(at('data'), at('link'));
  for (const to of [at('data/copy'), at('link/copy'), at('data/objects/copy')]) {
    const { code, text } = await capture(runBackup(['--data', at('data'), '--to', to]));
    expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining('の中です') });
  }
  const sound = await soundBackup();
  const inside = await capture(runRestore(['--from', sound, '--data', join(sound, 'again')]));
  expect(inside).toEqual({ code: 2, text: expect.stringContaining('の中です') });
});

async function soundBackup(): Promise<string> {
  const copy = join(mkdtempSync(at('sound-')), 'copy');
  expect((await capture(runBackup(['--data', at('data'), '--to', copy]))).code).toBe(0);
  return copy;
}

interface Manifest {
  list?: object;
  files: object[];
}

it.each<[what: string, change: (manifest: Manifest) => void, message: string]>([
  ['lacks an entry', ({ files }) => files.pop(), '取ったとき（5 ファイル、'],
  ['has an entry twice', ({ files }) => files.push(files[0]!), '同じファイルが二度'],
  ['is empty', (manifest) => Object.assign(manifest, { files: [] }), 'ファイルが一つもありません'],
])('refuses a list that %s, and restores nothing', async (_what, change, message) => {
  const copy = await soundBackup();
  changeManifest(copy, change);
  const result = await capture(runRestore(['--from', copy, '--data', `${copy}-restored`]));
  expect(result).toEqual({ code: 2, text: expect.stringContaining(message) });
  expect(existsSync(`${copy}-restored`)).toBe(false);
});

function changeManifest(copy: string, change: (manifest: Manifest) => void): void {
  const manifest = JSON.parse(readFileSync(join(copy, 'backup.json'), 'utf8')) as Manifest;
  change(manifest);
  writeFileSync(join(copy, 'backup.json'), JSON.stringify(manifest));
}

it('restores a backup of an earlier version, and names what its list may lack', async () => {
  const copy = await soundBackup();
  changeManifest(copy, (manifest) => {
    delete manifest.list;
    manifest.files.pop();
  });
  const { code, text } = await capture(runRestore(['--from', copy, '--data', `${copy}-restored`]));
  expect(code).toBe(0);
  expect(text).toContain('前の版のバックアップ');
  expect(text).toMatch(/一覧にないファイルが 1 件.*tables\/MANIFEST/);
});

it('names files beside the list, but not what a system leaves in a folder', async () => {
  const copy = await soundBackup();
  for (const name of ['objects/evil', '.DS_Store', 'tables/Thumbs.db']) writeFileSync(join(copy, name), 'x');
  const { code, text } = await capture(runRestore(['--from', copy, '--data', `${copy}-restored`]));
  expect(code).toBe(0);
  expect(text).toContain('一覧にないファイルが 1 件あり、戻しませんでした（objects/evil）');
});

it('lets no desk start on a restore that was cut off, nor another restore or a backup use it', async () => {
  const copy = await soundBackup();
  const half = `${copy}-half`;
  // A folder stands where a file is to be copied: the restore ends in its middle.
  const [claimed] = await Promise.all([
    capture(runRestore(['--from', copy, '--data', half])),
    (async () => {
      while (!existsSync(join(half, RESTORE_MARK))) await setImmediate();
      mkdirSync(join(half, 'tables/CURRENT'), { recursive: true });
    })(),
  ]);
  expect(claimed).toEqual({ code: 2, text: expect.stringMatching(/tables/) });
  const uses = [
    () => runStart(['--once', '--data', half]),
    () => runRestore(['--from', copy, '--data', half]),
    () => runBackup(['--data', half, '--to', `${half}-copy`]),
  ];
  for (const use of uses) expect((await capture(use())).code).toBe(2);
  expect((await capture(runStart(['--once', '--data', half]))).text).toContain('戻す途中で止まった');
});

it('restores into a folder once, of two restores at the same time', async () => {
  const copy = await soundBackup();
  const both = await Promise.allSettled([restore(copy, `${copy}-again`), restore(copy, `${copy}-again`)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('explains a target that is a file, or below one', async () => {
  const copy = await soundBackup();
  writeFileSync(at('file'), 'x');
  for (const target of [at('file'), at('file/below')])
    for (const use of [
      () => runRestore(['--from', copy, '--data', target]),
      () => runBackup(['--data', at('data'), '--to', target]),
    ])
      expect(await capture(use())).toEqual({ code: 2, text: expect.stringMatching(/file.*ファイル/) });
});

it.each<[() => Promise<number>, RegExp]>([
  [() => runBackup(['--data', '', '--to', at('empty')]), /--data の値が空です/],
  [() => runStart(['--once', '--accept-loss', '--malware-scanner', '']), /--malware-scanner の値が空です/],
  [() => runStart(['--once', '']), /空の引数/],
])('refuses a value that an unset variable left empty', async (run, message) => {
  const { code, text } = await capture(Promise.resolve().then(run));
  expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(message) });
});

it('refuses a manifest that is cut off', async () => {
  const copy = mkdtempSync(at('copy-'));
  prepareFolder(copy);
  writeFileSync(join(copy, 'backup.json'), '{"files":[{"path":"ta');
  const result = await capture(runRestore(['--from', copy, '--data', `${copy}-restored`]));
  expect(result).toEqual({ code: 2, text: expect.stringContaining('バックアップの一覧') });
});
