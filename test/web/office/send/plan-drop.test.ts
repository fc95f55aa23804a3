import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { correctionMark, PLACES } from '../../../../shared/vocabulary/correction.ts';
import type { DroppedFile } from '../../../../web/office/send/dropped-files.ts';
import { planDrop } from '../../../../web/office/send/plan-drop.ts';
import { isLoneFile } from '../../../../web/office/send/plan-uploads.ts';

const dropped = (path: string, content: string | Uint8Array<ArrayBuffer> = ''): DroppedFile => ({
  path,
  file: new File([content], path.split('/').at(-1)!),
});
const pathsOf = async (files: DroppedFile[]) =>
  (await planDrop(files)).map((upload) => ({
    joins: upload.joins ?? null,
    paths: 'files' in upload ? upload.files.map(({ path }) => path) : null,
  }));

const FORMS = ['通知.pdf', '送付票.pdf', correctionMark('p1')];
const CORRECTED = [`${PLACES}/01_利用票の写し/利用票.pdf`, `${PLACES}/支援経過.pdf`];

it('finds the packet of a correction packet by its number, and leaves out what the desk put into it', async () => {
  const folder = [...FORMS, ...CORRECTED, `${PLACES}/.DS_Store`].map((path) => dropped(`補正セット/${path}`));
  expect(await pathsOf(folder)).toEqual([{ joins: 'p1', paths: ['利用票.pdf', '支援経過.pdf'] }]);
});

it('finds it in a ZIP of any name', async () => {
  const entries = [...FORMS, ...CORRECTED, `${PLACES}/02_空のところ/`];
  const zip = zipSync(
    Object.fromEntries(entries.map((path) => [`補正/${path}`, strToU8(path.endsWith('/') ? '' : path)])),
  );
  const planned = await planDrop([dropped('送ります.zip', new Uint8Array(zip))]);
  expect(planned).toMatchObject([{ joins: 'p1', files: [{ path: '利用票.pdf' }, { path: '支援経過.pdf' }] }]);
  const [{ files } = { files: [] }] = planned as { files: DroppedFile[] }[];
  expect(await files[0]?.file.text()).toBe(`補正/${CORRECTED[0]}`.replace('補正/', ''));
});

it('keeps the place in the name where two places hold files of one name', async () => {
  const same = ['a/1.pdf', 'b/1.pdf'].map((path) => dropped(`${PLACES}/${path}`));
  expect(await pathsOf([dropped(correctionMark('p1')), ...same])).toEqual([
    { joins: 'p1', paths: ['a_1.pdf', 'b_1.pdf'] },
  ]);
});

it('is empty where nothing was put into it', async () => {
  expect(await pathsOf(FORMS.map((path) => dropped(path)))).toEqual([{ joins: 'p1', paths: [] }]);
});

it('sends another ZIP, or one that cannot be read, as it is', async () => {
  const plain = zipSync({ '甲/計画書.pdf': strToU8('x') });
  for (const content of [new Uint8Array(plain), 'PK broken'])
    expect(await pathsOf([dropped('甲.zip', content)])).toEqual([{ joins: null, paths: null }]);
});

it('asks for the packet of a file that comes alone, and of no other', async () => {
  const isAsked = async (...files: DroppedFile[]) => (await planDrop(files)).map(isLoneFile);
  expect(await isAsked(dropped('計画書.pdf'))).toEqual([true]);
  expect(await isAsked(dropped('計画書.pdf'), dropped('届.pdf'))).toEqual([false]);
  expect(await isAsked(dropped('甲/計画書.pdf'), dropped('甲/届.pdf'))).toEqual([false]);
  expect(await isAsked(dropped('甲.zip', 'x'))).toEqual([false]);
});
