import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runReplay } from '../../cli/replay.ts';
import { profilesFolder } from '../../shared/profiles/profiles-folder.ts';

const ROOT = join(profilesFolder(), '..');
const PACKET = join(ROOT, 'samples/packets/mito-2024-05.zip');
const REGISTER = join(ROOT, 'samples/registry/mito.yaml');

let folder: string;
let printed: { out: string; err: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-test-'));
  mkdirSync(join(folder, 'tmp'));
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
  printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  // No run leaves temporary files.
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

/** A folder with one edited profile in it. */
function edited(city: string, change: (text: string) => string): string {
  const before = readFileSync(join(profilesFolder(), `${city}.yaml`), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  mkdirSync(join(folder, 'edited'), { recursive: true });
  writeFileSync(join(folder, 'edited', `${city}.yaml`), after);
  return join(folder, 'edited');
}
const replay = (profiles: string, ...more: string[]): Promise<number> =>
  runReplay(['--profiles', profiles, ...more, PACKET, '--registry', REGISTER]);

describe('replay of a packet', () => {
  it('exits 0 and reports no change when only a comment was edited', async () => {
    const profiles = edited('mito', (text) => `${text}# 見直した\n`);
    expect(await replay(profiles)).toBe(0);
    expect(printed.out).toContain('判定は一つも変わりません');
  });

  it('exits 1 and names the rule, the document and the verdict that change', async () => {
    const profiles = edited('mito', (text) =>
      text.replace(
        'items: [{ document: riyohyo_copy }]',
        'items: [{ document: riyohyo_copy }, { document: hyokahyo }]',
      ),
    );
    expect(await replay(profiles)).toBe(1);
    expect(printed.out).toMatch(/判定: 受理 → 返戻/);
    expect(printed.out).toMatch(/足りない書類: なし → サービス評価表/);
    expect(printed.out).toMatch(/＋ ［不備］F_DOC_MISSING（MIT-R16）/);
    expect(printed.out).toMatch(/理由 MIT-R16［規則を変更］ 守られている → 破られている/);
  });

  it('prints every change as one line of JSON', async () => {
    const profiles = edited('mito', (text) => text.replace('payer: mito_city', 'payer: kokuhoren'));
    expect(await replay(profiles, '--json')).toBe(1);
    const [line, ...rest] = printed.out.trim().split('\n');
    expect(rest).toEqual([]);
    expect(JSON.parse(line!)).toMatchObject({
      upload: 'mito-2024-05.zip',
      city: 'mito',
      fields: [
        { field: 'payer', before: 'mito_city', after: 'kokuhoren' },
        { field: 'commission', before: { from: 'mito_city' }, after: { from: 'kokuhoren' } },
      ],
      rules: [{ rule: 'MIT-R21', entry: 'changed' }],
    });
  });

  it('reports nothing for the packets of other cities', async () => {
    const profiles = edited('mito', (text) => text.replace('payer: mito_city', 'payer: kokuhoren'));
    expect(await replay(profiles, '--city', 'iwaki')).toBe(0);
    expect(printed.out).toContain('変えた規則: MIT-R21');
  });

  it('keeps the rules and the packet unchanged', async () => {
    const before = readdirSync(profilesFolder()).map((f) => readFileSync(join(profilesFolder(), f), 'utf8'));
    const bytes = readFileSync(PACKET);
    const profiles = edited('mito', (text) => text.replace('payer: mito_city', 'payer: kokuhoren'));
    await replay(profiles);
    expect(readdirSync(profilesFolder()).map((f) => readFileSync(join(profilesFolder(), f), 'utf8'))).toEqual(
      before,
    );
    expect(readFileSync(PACKET).equals(bytes)).toBe(true);
  });
});

describe('replay exits with 2', () => {
  it('without edited rules', async () => {
    expect(await runReplay([PACKET])).toBe(2);
    expect(printed.err).toContain('--profiles');
  });

  it('when an edited rule is invalid, naming file, rule and fault', async () => {
    const profiles = edited('mito', (text) => text.replace('template: deadline', 'template: deadlime'));
    expect(await replay(profiles)).toBe(2);
    expect(printed.err).toMatch(/profiles\/mito\.yaml[\s\S]*MIT-R06/);
  });

  it('when a fact in a condition does not exist', async () => {
    const profiles = edited('mito', (text) =>
      text.replace('when: { is_switch: true }', 'when: { is_swicth: true }'),
    );
    expect(await replay(profiles)).toBe(2);
    expect(printed.err).toContain('is_swicth');
  });

  it.each([
    ['of rules', ['--profiles', '/nowhere', PACKET]],
    ['of a city', ['--profiles', profilesFolder(), '--city', 'atlantis', PACKET]],
    ['to replay', ['--profiles', profilesFolder(), '/nowhere.zip']],
    ['of records', ['--profiles', profilesFolder(), '--data', '/nowhere']],
  ])('when there is no such thing %s', async (_, argv) => {
    expect(await runReplay(argv)).toBe(2);
    expect(printed.err).not.toBe('');
  });
});
