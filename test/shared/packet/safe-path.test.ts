import { expect, it } from 'vitest';
import { LONGEST_PATH, safePath } from '../../../shared/packet/safe-path.ts';

it('splits an ordinary path and drops its empty parts', () => {
  expect(safePath('見本/./計画書//a.pdf')).toEqual({ parts: ['見本', '計画書', 'a.pdf'], danger: null });
});

it.each([
  ['../a.pdf', '..', ['a.pdf']],
  ['見本/../../a.pdf', '..', ['a.pdf']],
  ['見本\\..\\a.pdf', '..', ['見本\\..\\a.pdf']],
  ['/etc/a.pdf', '最上位', ['etc', 'a.pdf']],
  ['C:/a.pdf', 'ドライブ', ['C:', 'a.pdf']],
  ['a\u0000.pdf', '制御文字', ['a\u0000.pdf']],
  ['a\u009b2J.pdf', '制御文字', ['a\u009b2J.pdf']],
  ['見本\u202efdp.exe', '制御文字', ['見本\u202efdp.exe']],
  ['見本\n受理.pdf', '制御文字', ['見本\n受理.pdf']],
])('detects the danger of %j and stays inside the upload', (path, danger, parts) => {
  const safe = safePath(path);
  expect(safe.danger).toContain(danger);
  expect(safe.parts).toEqual(parts);
});

it('detects a path that is too long', () => {
  expect(safePath('a'.repeat(LONGEST_PATH)).danger).toBeNull();
  expect(safePath('a'.repeat(LONGEST_PATH + 1)).danger).toContain('長すぎます');
});
