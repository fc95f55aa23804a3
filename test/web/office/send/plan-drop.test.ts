import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { correctionMark, PLACES } from '../../../../shared/vocabulary/correction.ts';
import type { DroppedFile } from '../../../../web/office/send/dropped-files.ts';
import { planDrop } from '../../../../web/office/send/plan-drop.ts';
import { isLoneFile } from '../../../../web/office/send/plan-uploads.ts';
import { zip } from '../../../builders/zip.ts';

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
  const packed = zipSync(
    Object.fromEntries(entries.map((path) => [`補正/${path}`, strToU8(path.endsWith('/') ? '' : path)])),
  );
  const planned = await planDrop([dropped('送ります.zip', new Uint8Array(packed))]);
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

it('finds it in a ZIP as Windows writes its names, and in one of macOS', async () => {
  for (const names of ['cp932', 'utf-8-unflagged'] as const) {
    const parts = [...FORMS, ...CORRECTED].map((name) => ({
      name: `補正セット/${name}`,
      bytes: name,
      names,
    }));
    const [planned] = await planDrop([dropped('送ります.zip', new Uint8Array(zip(parts)))]);
    expect(planned).toMatchObject({ joins: 'p1', files: [{ path: '利用票.pdf' }, { path: '支援経過.pdf' }] });
    const files = (planned as { files: DroppedFile[] }).files;
    expect(await files[0]?.file.text()).toBe(CORRECTED[0]);
  }
});

it('sends nothing where a corrected file is encrypted or damaged, and names the file and the remedy', async () => {
  const broken = { '鍵.pdf': { encrypted: true }, '切れた.pdf': { declared: { crc32: 1 } } };
  for (const [name, part] of Object.entries(broken)) {
    const bytes = zip([{ name: correctionMark('p1') }, { name: `${PLACES}/${name}`, bytes: 'x', ...part }]);
    const [planned] = await planDrop([dropped('補正.zip', new Uint8Array(bytes))]);
    expect(planned).toMatchObject({ files: [] });
    expect(planned?.refusal).toMatch(new RegExp(`${RegExp.escape(name)}.*フォルダーのまま置いてください`));
  }
});

it('finds the packet of each correction packet of a drop, and sends other papers on their own', async () => {
  const two = ['p1', 'p2'].flatMap((id) => [
    dropped(`補正_${id}/${correctionMark(id)}`),
    dropped(`補正_${id}/${PLACES}/届.pdf`),
  ]);
  const other = ['山田/計画書.pdf', '山田/届.pdf'].map((path) => dropped(path));
  const planned = [
    { name: '補正_p1.zip', joins: 'p1', files: [{ path: '届.pdf' }] },
    { name: '補正_p2.zip', joins: 'p2', files: [{ path: '届.pdf' }] },
    { name: '山田.zip', files: [{ path: '計画書.pdf' }, { path: '届.pdf' }] },
  ];
  expect(await planDrop([...two, ...other])).toMatchObject(planned);
  const packed = zip([...two, ...other].map(({ path }) => ({ name: path, bytes: path })));
  expect(await planDrop([dropped('三つ.zip', new Uint8Array(packed))])).toMatchObject(planned);
});

it('is refused where nothing was put into it', async () => {
  const planned = await planDrop(FORMS.map((path) => dropped(path)));
  expect(planned).toMatchObject([{ files: [] }]);
  expect(planned[0]?.refusal).toContain('直した書類が入っていません');
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
