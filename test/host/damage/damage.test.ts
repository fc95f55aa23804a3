import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, restore } from '../../../host/backup.ts';
import { explainDiskError, isUnreachable } from '../../../host/damage/explain-disk-error.ts';
import { DataFolderError, FORMAT_FILE } from '../../../host/data-folder.ts';
import { tryTables } from '../../../host/emulators/table-folder.ts';
import { startHost } from '../../../host/host.ts';
import { withFolderCopy } from '../../../host/open-folder-copy.ts';
import { openDeskFolder } from '../../builders/desk-folder.ts';

// The data folder of a real desk, damaged in every way that was tried from outside. Each either repairs itself and says
// so, or is refused with what to do, and then nothing in the folder has changed.
const ROOT = resolve(import.meta.dirname, '../../..');
const root = mkdtempSync(join(tmpdir(), 'uketsuke-damage-'));
/** a stopped desk whose records are in the log of the tables */
const base = join(root, 'base');
/** the same after a restart: the records are in a table file */
const compacted = join(root, 'compacted');
/** the same after a restart that recorded more: a table file and a log */
const restarted = join(root, 'restarted');
let events = 0;
let copies = 0;

function start(...argv: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['cli/cli.ts', 'start', '--once', '--port', '0', ...argv], {
    cwd: ROOT,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  return new Promise((done) => child.once('exit', (code) => done({ code, output })));
}

beforeAll(async () => {
  const samples = ['mito-2024-04', 'kumamoto-renewal'].map((name) =>
    join(ROOT, `samples/packets/${name}.zip`),
  );
  await start('--data', base, ...samples);
  cpSync(base, compacted, { recursive: true });
  await tryTables(join(compacted, 'tables'));
  cpSync(base, restarted, { recursive: true });
  await start('--data', restarted, join(ROOT, 'samples/packets/mito-2024-04.zip'));
  events = await countEvents(copyOf(base));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function copyOf(folder: string): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

async function countEvents(folder: string): Promise<number> {
  const desk = await openDeskFolder(folder);
  try {
    return (await desk.all('events')).length;
  } finally {
    await desk.close();
  }
}

/** The first file of the folder that matches. */
function file(folder: string, pattern: string): string {
  const [found] = globSync(pattern, { cwd: folder }).sort();
  if (!found) throw new Error(`no file ${pattern}`);
  return join(folder, found);
}
const cut = (path: string, keep = 0.5) => truncateSync(path, Math.floor(statSync(path).size * keep));
const shorten = (path: string, bytes: number) => truncateSync(path, statSync(path).size - bytes);
const empty = (path: string) => writeFileSync(path, '');
const remove = (path: string) => rmSync(path, { recursive: true });
function removeAll(folder: string, ...patterns: string[]): void {
  for (const pattern of patterns) remove(file(folder, pattern));
}
function zero(path: string, from: number, count: number): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, from, from + count));
}
function flip(path: string, ...places: number[]): void {
  const bytes = readFileSync(path);
  for (const at of places) bytes[Math.floor(at * bytes.length)]! ^= 0x40;
  writeFileSync(path, bytes);
}
function toFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}
function toFile(path: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, 'x');
}
function toNowhere(path: string): void {
  rmSync(path, { recursive: true });
  symlinkSync('/nowhere/disk', path);
}
function toLoop(path: string): void {
  rmSync(path, { recursive: true });
  symlinkSync(path, path);
}
const garbage = (path: string) => writeFileSync(path, Buffer.alloc(4096, 'x'));

/** Digests of every file but what a start writes by itself. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !/^(desk\.json|LOG|LOG\.old|LOCK|template-.*)$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
    .map(
      (path) =>
        `${path.slice(folder.length)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
    )
    .sort();
}

const LOG = 'tables/*.log';
const LENGTHS = 'table-logs.json';
const lengthsIn = (folder: string): unknown => JSON.parse(readFileSync(join(folder, LENGTHS), 'utf8')).logs;
const sizesIn = (folder: string): unknown =>
  Object.fromEntries(
    globSync(LOG, { cwd: folder }).map((path) => [basename(path), statSync(join(folder, path)).size]),
  );
/** Cuts a log after its first records. */
function cutAtRecord(path: string): void {
  const bytes = readFileSync(path);
  let at = 0;
  for (let records = 0; records < 3; records++) at += 7 + bytes.readUInt16LE(at + 4);
  truncateSync(path, at);
}
const MANIFEST = 'tables/MANIFEST-*';
const UPLOAD = 'objects/buckets/*/objects/uploads/**/*.data';
const VERDICT = 'objects/buckets/*/objects/verdicts/**/*.data';
const NOTICE = 'objects/buckets/*/objects/offices/**/{notices,answers}/*.data';
type Damage = [name: string, damage: (folder: string) => void, message: RegExp | null];

describe('a folder with damage that loses no record', () => {
  it.each<Damage>([
    ['the description of a bucket is empty', (f) => empty(file(f, 'objects/buckets/*/.bucket.json')), null],
    ['the description of a bucket is cut off', (f) => cut(file(f, 'objects/buckets/*/.bucket.json')), null],
    [
      'the description of a bucket is gone',
      (f) => remove(file(f, 'objects/buckets/uketsuke-inbox*/.bucket.json')),
      null,
    ],
    ['the queue file is gone', (f) => remove(join(f, 'queues')), null],
    ['the queue file is empty', (f) => empty(join(f, 'queues/fauxqs.db')), null],
    [
      'the queue file is no database',
      (f) => garbage(join(f, 'queues/fauxqs.db')),
      /待っている仕事のファイルが壊れていたので/,
    ],
    [
      'the queue file is cut off',
      (f) => cut(join(f, 'queues/fauxqs.db')),
      /待っている仕事のファイルが壊れていたので/,
    ],
    [
      'the queue file has zeros',
      (f) => zero(join(f, 'queues/fauxqs.db'), 0, 4096),
      /待っている仕事のファイルが壊れていたので/,
    ],
    ['the address of the last process is damaged', (f) => garbage(join(f, 'desk.json')), null],
    [
      'an upload is cut off',
      (f) => cut(file(f, UPLOAD)),
      /送付物 1 件のファイルが途中で切れているか、片方がないか、形が違うので、damaged\/.*（R\d+-\w+）。.*もう一度送ってもらって/,
    ],
    ['an upload is empty', (f) => empty(file(f, UPLOAD)), /送付物 1 件/],
    [
      'the description of an upload is gone',
      (f) => remove(file(f, UPLOAD).replace(/data$/, 'meta.json')),
      /送付物 1 件/,
    ],
    [
      'the result of a malware scan is gone',
      (f) => remove(file(f, 'objects/buckets/*/objects/uploads/**/*~tags.data')),
      /^ウイルス検査の結果 1 件が読めないので.*検査し直します。$/,
    ],
    ['a verdict is cut off', (f) => cut(file(f, VERDICT)), /判定や通知のファイル 1 件.*rebuild/],
    ['a verdict is empty', (f) => empty(file(f, VERDICT)), /判定や通知のファイル 1 件/],
    ['a notice is cut off', (f) => cut(file(f, NOTICE)), /判定や通知のファイル 1 件/],
    [
      'the description of a notice is cut off',
      (f) => cut(file(f, NOTICE).replace(/data$/, 'meta.json')),
      /判定や通知のファイル 1 件/,
    ],
    [
      'the description of an upload has another shape',
      (f) =>
        writeFileSync(
          file(f, UPLOAD).replace(/data$/, 'meta.json'),
          JSON.stringify({ contentLength: statSync(file(f, UPLOAD)).size }),
        ),
      /送付物 1 件/,
    ],
    ['a verdict is a folder', (f) => toFolder(file(f, VERDICT)), /判定や通知のファイル 1 件/],
    [
      'systems left their litter among the objects',
      (f) => {
        writeFileSync(join(f, 'objects/buckets/.DS_Store'), 'x');
        writeFileSync(join(dirname(file(f, UPLOAD)), 'Thumbs.db'), 'x');
      },
      null,
    ],
    [
      'a system left a copy of the name of an object',
      (f) => writeFileSync(join(dirname(file(f, UPLOAD)), '._upload.meta.json'), 'x'),
      /受付のものでないファイルが 1 件/,
    ],
    [
      'a file is among the buckets',
      (f) => writeFileSync(join(f, 'objects/buckets/README.txt'), 'x'),
      /受付のものでないファイルが 1 件.*README\.txt/,
    ],
    [
      'the folder of the queues is a file',
      (f) => toFile(join(f, 'queues')),
      /待っている仕事のファイルが壊れていたので/,
    ],
  ])('starts when %s, deletes nothing and says so', async (_, damage, message) => {
    const folder = copyOf(base);
    damage(folder);
    const objects = () => globSync('**/objects/**/*.data', { cwd: folder }).length;
    const before = objects();
    const desk = await openDeskFolder(folder);
    const { repaired } = desk.cloud;
    expect((await desk.all('events')).length).toBe(events);
    await desk.close();
    expect(objects()).toBe(before);
    expect(repaired).toHaveLength(message ? 1 : 0);
    if (message) {
      expect(repaired[0]).toMatch(message);
      expect(existsSync(join(folder, /damaged\/\w+/.exec(repaired[0]!)![0]))).toBe(true);
    }
  });

  it('starts when every object is gone, and says so', async () => {
    const folder = copyOf(base);
    remove(join(folder, 'objects'));
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([
      expect.stringMatching(/^送付物・判定・通知のファイル .*がありません。.*バックアップから戻してください/),
    ]);
  });

  it('starts when the last record was not written to its end, and says so', async () => {
    const folder = copyOf(base);
    const log = file(folder, LOG);
    appendFileSync(log, readFileSync(log).subarray(0, 20));
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([expect.stringContaining('最後の記録が途中で切れていました')]);
  });

  it('starts without the lengths of its logs, as an earlier version left it, and records them', async () => {
    const folder = copyOf(base);
    remove(join(folder, LENGTHS));
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([]);
    expect(lengthsIn(folder)).toEqual(sizesIn(folder));
  });

  it('starts when the lengths of its logs cannot be read, says so, and records them', async () => {
    const folder = copyOf(base);
    cut(join(folder, LENGTHS));
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([
      expect.stringMatching(/長さの控え .*table-logs\.json\) が読めないので.*rebuild で足りないものを/),
    ]);
    expect(lengthsIn(folder)).toEqual(sizesIn(folder));
  });

  it('starts when a kill left the lengths of a log that is in a table file by now', async () => {
    const folder = copyOf(base);
    await tryTables(join(folder, 'tables'));
    expect(lengthsIn(folder)).not.toEqual(sizesIn(folder));
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([]);
  });

  it('synthesizes a damaged template again', async () => {
    const templates = process.env.UKETSUKE_TEMPLATES;
    delete process.env.UKETSUKE_TEMPLATES;
    const folder = copyOf(base);
    try {
      const desk = await openDeskFolder(folder);
      await desk.close();
      cut(file(folder, 'template-*.json'));
      expect(await countEvents(folder)).toBe(events);
      writeFileSync(file(folder, 'template-*.json'), '{}');
      expect(await countEvents(folder)).toBe(events);
    } finally {
      if (templates) process.env.UKETSUKE_TEMPLATES = templates;
    }
  });
});

describe('a folder that lost records', () => {
  it.each<[...Damage, from?: () => string]>([
    [
      'the tables are gone',
      (f) => remove(join(f, 'tables')),
      /記録の表 .*がありません。完結の日・保全・取り込んだ登録簿/,
    ],
    ['CURRENT is gone', (f) => remove(join(f, 'tables/CURRENT')), /がありません。完結の日/],
    ['CURRENT is damaged', (f) => garbage(join(f, 'tables/CURRENT')), /壊れていて開けません/],
    ['CURRENT is empty', (f) => empty(join(f, 'tables/CURRENT')), /壊れていて開けません/],
    ['the manifest is cut off', (f) => cut(file(f, MANIFEST)), /壊れていて開けません/],
    ['the manifest has a flipped bit', (f) => flip(file(f, MANIFEST), 0.5), /壊れていて開けません（MANIFEST/],
    ['the manifest is gone', (f) => remove(file(f, MANIFEST)), /壊れていて開けません/],
    [
      'the log has a flipped bit',
      (f) => flip(file(f, LOG), 0.5),
      /の 1 か所が読めません。.*黙って失われます/,
    ],
    [
      'the log has twenty flipped bits',
      (f) => flip(file(f, LOG), ...Array.from({ length: 20 }, (_, n) => n / 21 + 0.02)),
      /か所が読めません/,
    ],
    ['the log has zeros', (f) => zero(file(f, LOG), 2000, 3000), /か所が読めません/],
    ...[() => base, () => restarted].flatMap((from): [...Damage, () => string][] => [
      [
        'the log is empty',
        (f) => empty(file(f, LOG)),
        /失われています（\d+\.log の終わりの \d+ バイトが/,
        from,
      ],
      ['the log is gone', (f) => remove(file(f, LOG)), /失われています（\d+\.log がありません）/, from],
      ['the log ends early at a record', (f) => cutAtRecord(file(f, LOG)), /終わりの \d+ バイトが/, from],
      ['half of the log is gone', (f) => cut(file(f, LOG)), /終わりの \d+ バイトが/, from],
      ['the log is a byte short', (f) => shorten(file(f, LOG), 1), /終わりの 1 バイトが/, from],
    ]),
    [
      'the log is gone, and its length was never recorded',
      (f) => removeAll(f, LOG, LENGTHS),
      /失われています（\d+\.log がありません）/,
    ],
    [
      'the log is empty, and its length was never recorded',
      (f) => {
        empty(file(f, LOG));
        removeAll(f, LENGTHS);
      },
      /失われています（.*に一件の記録もありません）/,
    ],
    ['tables and objects are gone', (f) => removeAll(f, 'tables', 'objects'), /がありません。完結の日/],
    ['a table file is gone', (f) => remove(file(f, 'tables/*.ldb')), /壊れていて開けません/, () => compacted],
    [
      'a table file is cut off',
      (f) => cut(file(f, 'tables/*.ldb')),
      /壊れていて開けません（.*ldb が途中で切れている）/,
      () => compacted,
    ],
    [
      'a table file ends with zeros',
      (f) => zero(file(f, 'tables/*.ldb'), statSync(file(f, 'tables/*.ldb')).size - 50, 50),
      /壊れていて開けません/,
      () => compacted,
    ],
    ['the format is cut off', (f) => cut(join(f, FORMAT_FILE)), /format\.json」が壊れていて/],
    ['the format is another', (f) => writeFileSync(join(f, FORMAT_FILE), '{"records":999}'), /形式の違う版/],
    ['the format is gone', (f) => remove(join(f, FORMAT_FILE)), /形式の違う版/],
  ])('is refused when %s, and nothing in it changes', async (_, damage, message, from = () => base) => {
    const folder = copyOf(from());
    damage(folder);
    const before = contents(folder);
    const error = await startHost({ folder, port: 0 }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataFolderError);
    expect((error as Error).message).toMatch(message!);
    expect((error as Error).message).toMatch(/restore|別の場所に移す/);
    expect(contents(folder)).toEqual(before);
  });

  it('ends npm start with one message and exit code 2, and says how to go on without them', async () => {
    const folder = copyOf(base);
    remove(join(folder, 'tables'));
    const { code, output } = await start('--data', folder);
    expect(code).toBe(2);
    expect(output).toMatch(/--accept-loss/);
    expect(output).not.toMatch(/\n\s+at |Error:/);
  });

  it('starts with --accept-loss, says what is lost, and decides the stored uploads again', async () => {
    const folder = copyOf(base);
    cut(file(folder, MANIFEST));
    const { output } = await start('--data', folder, '--accept-loss');
    expect(output).toMatch(
      /壊れた記録の表を damaged\/\w+ に移しました。完結の日.*登録簿をもう一度取り込んで/,
    );
    const desk = await openDeskFolder(folder);
    const lines = await desk.all<{ part: string; state?: string }>('submissions');
    await desk.close();
    expect(lines.filter(({ part }) => part === 'upload').map(({ state }) => state)).toEqual([
      'finished',
      'finished',
    ]);
    expect(existsSync(file(folder, 'damaged/*/tables/CURRENT'))).toBe(true);
  });

  it('starts with --accept-loss without the unreadable records of the log', async () => {
    const folder = copyOf(base);
    flip(file(folder, LOG), 0.99);
    const { output } = await start('--data', folder, '--accept-loss');
    expect(output).toMatch(/記録の表の 1 か所が読めず、そこにある記録は失われました/);
    expect(await countEvents(folder)).toBeGreaterThan(events / 2);
  });

  it('starts with --accept-loss without the records of a shorter log, and does not ask again', async () => {
    const folder = copyOf(base);
    cut(file(folder, LOG));
    const { output } = await start('--data', folder, '--accept-loss');
    expect(output).toMatch(
      /失われたまま始めました（\d+\.log の終わりの \d+ バイトがありません）.*保全を入れ直し/,
    );
    expect(output).not.toMatch(/途中で切れていました/);
    const desk = await openDeskFolder(folder);
    await desk.close();
    expect(desk.cloud.repaired).toEqual([]);
  });

  it.each<[string, (log: string) => void]>([
    ['gone', remove],
    ['empty', empty],
    ['cut at a record', cutAtRecord],
  ])('is not copied as a backup when its log is %s', async (_, damage) => {
    const folder = copyOf(restarted);
    damage(file(folder, LOG));
    await expect(backup(folder, `${folder}-backup`)).rejects.toThrow(/\d+\.log .*がありません/);
    expect(existsSync(`${folder}-backup`)).toBe(false);
  });

  it('is refused as a copy as well, when its months are compared', async () => {
    const folder = copyOf(restarted);
    empty(file(folder, LOG));
    await expect(withFolderCopy(folder, async () => {})).rejects.toThrow(/失われています/);
  });
});

it('copies a backup with the lengths of its logs, and starts from it', async () => {
  const folder = copyOf(restarted);
  await backup(folder, `${folder}-backup`);
  await restore(`${folder}-backup`, `${folder}-restored`);
  expect(lengthsIn(`${folder}-restored`)).toEqual(sizesIn(folder));
  const desk = await openDeskFolder(`${folder}-restored`);
  await desk.close();
  expect(desk.cloud.repaired).toEqual([]);
});

describe('a folder that the system does not open', () => {
  it.each<Damage>([
    ['the lock of the tables loops', (f) => toLoop(join(f, 'tables/LOCK')), /tables\/LOCK」のリンク/],
    [
      'the lock of the tables is a folder',
      (f) => toFolder(join(f, 'tables/LOCK')),
      /LOCK」は、ファイルのはず/,
    ],
    ['the log is a folder', (f) => toFolder(file(f, LOG)), /\.log」は、ファイルのはず/],
    ['the manifest is a folder', (f) => toFolder(file(f, MANIFEST)), /MANIFEST-\d+」は、ファイルのはず/],
    ['a table file is a folder', (f) => mkdirSync(join(f, 'tables/000099.ldb')), /ldb」は、ファイルのはず/],
    ['the tables loop', (f) => toLoop(join(f, 'tables')), /tables」のリンク/],
    [
      'the tables are on a disk that is not mounted',
      (f) => toNowhere(join(f, 'tables')),
      /tables」が見つかりません/,
    ],
    ['the tables are a file', (f) => toFile(join(f, 'tables')), /tables」は、フォルダーのはず/],
    ['the objects are a file', (f) => toFile(join(f, 'objects')), /objects」は、フォルダーのはず/],
    ['the buckets are a file', (f) => toFile(join(f, 'objects/buckets')), /buckets」は、フォルダーのはず/],
    ['a verdict loops', (f) => toLoop(file(f, VERDICT)), /\.data」のリンク/],
    ['the queue file loops', (f) => toLoop(join(f, 'queues/fauxqs.db')), /fauxqs\.db」のリンク/],
    ['the address of the last process is a folder', (f) => mkdirSync(join(f, 'desk.json')), /desk\.json」は/],
  ])('is no damage when %s: nothing is moved, and no loss is offered', async (_, change, message) => {
    const folder = copyOf(base);
    change(folder);
    const before = contents(folder);
    const options = { folder, port: 0, acceptLoss: true };
    const error = await startHost(options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataFolderError);
    expect((error as Error).message).toMatch(message!);
    expect((error as Error).message).not.toMatch(/accept-loss|壊れ/);
    expect(contents(folder)).toEqual(before);
  });

  it('keeps what is damaged in its place where it cannot be moved', async () => {
    const folder = copyOf(base);
    cut(file(folder, VERDICT));
    writeFileSync(join(folder, 'damaged'), 'x');
    const objects = contents(join(folder, 'objects'));
    await expect(startHost({ folder, port: 0 })).rejects.toThrow('damaged」は、フォルダーのはず');
    expect(contents(join(folder, 'objects'))).toEqual(objects);
  });

  it.each([
    ['few files can be open at once', 'ulimit -n 40; exec "$@"', /ulimit -n/],
    ['the scratch folder is gone', 'TMPDIR=/nowhere/scratch exec "$@"', /作業場所 \(\/nowhere\/scratch\)/],
  ])('ends npm start with one sentence and exit code 2 when %s', async (_, limits, message) => {
    const command = [
      process.execPath,
      'cli/cli.ts',
      'start',
      '--once',
      '--port',
      '0',
      '--data',
      copyOf(base),
    ];
    const { status, stderr } = spawnSync('bash', ['-c', limits, '-', ...command], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});

describe('an error of the disk', () => {
  const level = (message: string) =>
    Object.assign(new Error('Database failed to open'), {
      code: 'LEVEL_DATABASE_NOT_OPEN',
      cause: Object.assign(new Error(message), { code: 'LEVEL_IO_ERROR' }),
    });
  it.each([
    [Object.assign(new Error('write'), { code: 'ENOSPC' }), /空きがない/],
    [level('IO error: 000005.log: No space left on device'), /空きがない/],
    [new Error('database or disk is full'), /空きがない/],
    [level('IO error: CURRENT: Input/output error'), /ディスクを確かめて/],
    [Object.assign(new Error('open'), { code: 'EACCES' }), /権限を確かめて/],
    [level('IO error: LOCK: Read-only file system'), /「LOCK」に書けません。読み取り専用.*権限を確かめて/],
    [level('IO error: /data/tables/LOCK: Permission denied'), /「\/data\/tables\/LOCK」.*権限を確かめて/],
    [level('IO error: /data/tables/000005.ldb: Too many open files'), /「.*ldb」.*ulimit -n/],
    [
      level('IO error: lock /data/tables/LOCK: No locks available'),
      /「\/data\/tables\/LOCK」.*ロックを使えません/,
    ],
    [
      Object.assign(new Error('rename'), { code: 'EBUSY', path: '/data/queues' }),
      /「\/data\/queues」は、ほかの/,
    ],
    [
      Object.assign(new Error('mkdir'), { code: 'ENOTDIR', path: '/data/x' }),
      /「\/data\/x」は、フォルダーのはず/,
    ],
    [Object.assign(new Error('mkdir'), { code: 'ENAMETOOLONG', path: '/data/x' }), /名前が長すぎ/],
    [Object.assign(new Error('stat'), { code: 'ENOENT', path: '/data/x' }), /「\/data\/x」が見つかりません/],
    [
      Object.assign(new Error('copy'), { code: 'ENOSPC', path: '/data/x', dest: '/disk/x' }),
      /「\/disk\/x」に空きがない/,
    ],
  ])('is explained with what to do: %s', (error, message) => {
    expect(explainDiskError(error, '/data')?.message).toMatch(message);
  });

  it('names the scratch folder where that is the one without space', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const free = (bytes: Record<string, number>) => (folder: string) => bytes[folder] ?? 10 ** 9;
    const explained = (bytes: Record<string, number>) =>
      explainDiskError(full, '/data', free(bytes))?.message;
    expect(explained({ [tmpdir()]: 0 })).toContain(`受付の作業場所 (${tmpdir()}) に空きがない`);
    expect(explained({ '/data': 0 })).toContain('受付の保存先 (/data) に空きがない');
    expect(explained({ '/data': 0, [tmpdir()]: 0 })).toContain('受付の保存先 (/data) に空きがない');
  });

  it('is not seen in a fault of the program', () => {
    expect(explainDiskError(new TypeError('x is not a function'), '/data')).toBeNull();
    const port = Object.assign(new Error('listen EACCES'), { code: 'EACCES', syscall: 'listen' });
    expect(explainDiskError(port, '/data')).toBeNull();
  });

  it('is told from damage, which LevelDB reports with the same code', () => {
    expect(isUnreachable(level('IO error: LOCK: Permission denied'))).toBe(true);
    expect(isUnreachable(level('IO error: 000005.ldb: Input/output error'))).toBe(true);
    expect(isUnreachable(level('IO error: MANIFEST-000099: No such file or directory'))).toBe(false);
    expect(isUnreachable(new Error('Corruption: bad block'))).toBe(false);
  });
});
