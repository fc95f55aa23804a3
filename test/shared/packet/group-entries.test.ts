import { expect, it } from 'vitest';
import { groupEntries } from '../../../shared/packet/group-entries.ts';
import { isJunk, type UploadEntry } from '../../../shared/packet/upload-entry.ts';

const entryOf = (path: string): UploadEntry => {
  const parts = path.split('/');
  return {
    ...{ at: [], path, parts, archive: null, trouble: null, isJunk: isJunk(parts) },
    async *bytes() {},
  };
};

/** Packets by name with the paths of their files. */
const groupsOf = (...paths: string[]): Record<string, string[]> =>
  Object.fromEntries(
    groupEntries(paths.map(entryOf), 'upload').map(({ name, entries }) => [name, entries.map((e) => e.path)]),
  );

it('makes one packet of files without a folder, named after the upload', () => {
  expect(groupsOf('a.pdf', 'b.pdf')).toEqual({ upload: ['a.pdf', 'b.pdf'] });
});

it('opens folders that are alone on their level', () => {
  expect(groupsOf('2024-07/見本花子/a.pdf', '2024-07/見本太郎/b.pdf')).toEqual({
    見本花子: ['2024-07/見本花子/a.pdf'],
    見本太郎: ['2024-07/見本太郎/b.pdf'],
  });
});

it('keeps document folders in the packet of their person', () => {
  expect(groupsOf('計画書/a.pdf', '02_経過記録/b.pdf')).toEqual({
    upload: ['計画書/a.pdf', '02_経過記録/b.pdf'],
  });
});

it('makes one packet of a level with packet.json, whatever its folders', () => {
  const paths = ['packet.json', '花子/a.pdf', '太郎/b.pdf'];
  expect(groupsOf(...paths)).toEqual({ upload: paths });
});

it('makes a packet of files beside several persons', () => {
  expect(groupsOf('a.pdf', '花子/b.pdf', '太郎/c.pdf')).toEqual({
    upload: ['a.pdf'],
    花子: ['花子/b.pdf'],
    太郎: ['太郎/c.pdf'],
  });
});

it('puts junk into the packet of its folder', () => {
  expect(groupsOf('花子/a.pdf', '太郎/b.pdf', '__MACOSX/太郎/._b.pdf')).toEqual({
    花子: ['花子/a.pdf'],
    太郎: ['太郎/b.pdf', '__MACOSX/太郎/._b.pdf'],
  });
});

it.each([
  ['①フェイスシート', '②プラン', '③R6.3月評価', '④保険証'],
  ['1_アセスメント', '2_プラン（最新）', '令和6年3月 評価', '前回'],
])('keeps the folders of one person together: %s, %s, %s, %s', (...folders) => {
  const paths = folders.map((folder, i) => `見本花子様/${folder}/${i}.pdf`);
  expect(groupsOf(...paths)).toEqual({ 見本花子様: paths });
});

it('keeps the one folder of a month with the papers beside it', () => {
  const paths = ['見本花子様/a.pdf', '見本花子様/R6.6/b.pdf', '見本花子様/前回/c.pdf'];
  expect(groupsOf(...paths)).toEqual({ 見本花子様: paths });
});

it('keeps two months apart, and a month of several persons', () => {
  expect(Object.keys(groupsOf('花子/R6.5/a.pdf', '花子/R6.6/b.pdf'))).toHaveLength(2);
  expect(Object.keys(groupsOf('R6.6/花子/a.pdf', 'R6.6/太郎/b.pdf'))).toHaveLength(2);
});
