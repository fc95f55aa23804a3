import { expect, it } from 'vitest';
import { safeFileName } from '../../../../shared/records/lifecycle/export-folder.ts';

it('keeps a path from an archive inside the folder', () => {
  expect(safeFileName('../../etc/passwd')).not.toContain('..');
  expect(safeFileName('a:b?.txt')).toBe('a_b_.txt');
});
