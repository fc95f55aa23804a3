import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runBackup, runRestore } from '../../cli/backup.ts';
import { runReplay } from '../../cli/replay.ts';
import { runStart } from '../../cli/start.ts';
import { FORMAT_FILE, prepareFolder } from '../../host/data-folder.ts';
import { RECORD_FORMAT } from '../../shared/records/store/format.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-format-'));
const old = join(folder, 'old');
const profiles = join(folder, 'profiles');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => vi.restoreAllMocks());

beforeAll(() => {
  // A data folder of a version without a format file.
  mkdirSync(join(old, 'tables'), { recursive: true });
  mkdirSync(join(old, 'objects'));
  writeFileSync(join(old, 'tables/000001.log'), 'records');
  writeFileSync(join(old, 'backup.json'), '{"files":[]}');
  mkdirSync(profiles);
  writeFileSync(join(profiles, 'mito.yaml'), readFileSync('profiles/mito.yaml'));
});

describe('a data folder of another format', () => {
  it.each([
    ['start', () => runStart(['--once', '--data', old])],
    ['backup', () => runBackup(['--data', old, '--to', join(folder, 'copy')])],
    ['restore', () => runRestore(['--from', old, '--data', join(folder, 'restored')])],
    ['replay', () => runReplay(['--profiles', profiles, '--data', old])],
  ])('is refused by %s with exit code 2 and one sentence with the remedy', async (_, run) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await run()).toBe(2);
    const message = stderr.mock.calls.map(([text]) => text).join('');
    expect(message).toMatch(/^「.*old」は形式の違う版の受付が書いた記録で.*別の場所に移すか.*--data.*。\n$/);
    expect(message.match(/。/g)).toHaveLength(1);
    vi.restoreAllMocks();
  });

  it('is refused with a number other than the current one', () => {
    writeFileSync(join(old, FORMAT_FILE), JSON.stringify({ records: RECORD_FORMAT + 1 }));
    expect(() => prepareFolder(old)).toThrow('形式の違う版');
  });
});

describe('a new data folder', () => {
  it('gets the current format, and is accepted from then on', () => {
    const fresh = join(folder, 'fresh');
    prepareFolder(fresh);
    mkdirSync(join(fresh, 'tables'));
    prepareFolder(fresh);
    expect(JSON.parse(readFileSync(join(fresh, FORMAT_FILE), 'utf8'))).toEqual({ records: RECORD_FORMAT });
    // A file with that name.
    expect(() => prepareFolder(join(fresh, FORMAT_FILE))).toThrow('はファイルなので、記録の場所にできません');
  });
});
