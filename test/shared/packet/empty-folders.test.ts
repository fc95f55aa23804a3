import { expect, it } from 'vitest';
import { findEmptyFolders } from '../../../shared/packet/empty-folders.ts';

it('finds the folders without a file, also not in a folder below', () => {
  expect(findEmptyFolders(['a/', 'a/b/', 'a/b/c.pdf', 'd/', 'd/e/'])).toEqual(['d/', 'd/e/']);
});

it('leaves out the folders of an operating system', () => {
  expect(findEmptyFolders(['__MACOSX/', 'a.pdf'])).toEqual([]);
});
