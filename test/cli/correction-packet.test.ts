import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { correctionIn } from '../../cli/correction-packet.ts';
import { CORRECTION_NOTICE, correctionMark, PLACES } from '../../shared/vocabulary/correction.ts';
import { zip } from '../builders/zip.ts';

const FILES = {
  [correctionMark('p1')]: '使い方',
  [CORRECTION_NOTICE]: '通知',
  [`${PLACES}/01_届/届.pdf`]: '届',
  [`${PLACES}/02_利用票/写し.pdf`]: '一つめ',
  [`${PLACES}/03_被保険者証/写し.pdf`]: '二つめ',
};
const NAMES = ['02_利用票_写し.pdf', '03_被保険者証_写し.pdf', '届.pdf'];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-correction-'));
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(folder, '補正セット', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const entries = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, Buffer.from(text)]));
  writeFileSync(join(folder, '補正セット.zip'), zipSync(entries));
  writeFileSync(join(folder, 'ほか.zip'), zipSync({ '届.pdf': Buffer.from('届') }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const namesOf = (found: Awaited<ReturnType<typeof correctionIn>>) =>
  found?.files.map(({ path }) => path).sort();

it('finds the packet of a folder by the number in it, and takes what was filled in alone', async () => {
  const found = await correctionIn({ name: '補正セット', folder: join(folder, '補正セット') }, folder);
  expect(found?.packet_id).toBe('p1');
  expect(namesOf(found)).toEqual(NAMES);
});

it('does the same of a ZIP, whose files it unpacks', async () => {
  const found = await correctionIn({ name: '補正セット.zip', file: join(folder, '補正セット.zip') }, folder);
  expect(found?.packet_id).toBe('p1');
  expect(namesOf(found)).toEqual(NAMES);
  expect(readFileSync(found!.files.find(({ path }) => path === '届.pdf')!.file, 'utf8')).toBe('届');
});

it('leaves another upload as it is', async () => {
  expect(await correctionIn({ name: 'ほか.zip', file: join(folder, 'ほか.zip') }, folder)).toBeNull();
});

it('names a corrected file that cannot be unpacked, and drops none', async () => {
  const bytes = zip([
    { name: correctionMark('p1'), bytes: '使い方' },
    { name: `${PLACES}/届.pdf`, bytes: '届', encrypted: true },
    { name: `${PLACES}/写し.pdf`, bytes: '写し' },
  ]);
  writeFileSync(join(folder, '鍵.zip'), bytes);
  const found = await correctionIn({ name: '鍵.zip', file: join(folder, '鍵.zip') }, folder);
  expect(namesOf(found)).toEqual(['写し.pdf']);
  expect(found?.unread).toHaveLength(1);
  expect(found?.unread[0]).toMatch(/届\.pdf: .*パスワード.*ください。$/);
});

it('refuses a ZIP with two correction packets, or with papers beside one: none joins a packet by guess', async () => {
  const set = (id: string) => [`${id}/${correctionMark(id)}`, `${id}/${PLACES}/届.pdf`];
  for (const [names, cause] of [
    [[...set('p1'), ...set('p2')], '2つ'],
    [[...set('p1'), '山田/届.pdf'], '「山田/届.pdf」が補正セットの外'],
  ] as const) {
    writeFileSync(join(folder, '束.zip'), zip(names.map((name) => ({ name, bytes: name }))));
    await expect(correctionIn({ name: '束.zip', file: join(folder, '束.zip') }, folder)).rejects.toThrow(
      cause,
    );
  }
});
