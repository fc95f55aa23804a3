import { expect, it } from 'vitest';
import { readRegistryText } from '../../../shared/registry/registry.ts';

const faultOf = (text: string): string => {
  try {
    readRegistryText(text, 'mito.yaml');
  } catch (error) {
    return String(error);
  }
  return '';
};

it('names list, position and what to write, without the words of a program', () => {
  const fault = faultOf('city: mito\nareas:\n  - { key: 1, center: "0800100012" }\noffices: x\n');
  expect(fault).toContain('圏域（areas）の1番目 key: 文字で書いてください');
  expect(fault).toContain('圏域（areas）の1番目 name: 書かれていません');
  expect(fault).toContain('事業所（offices）: 一覧');
  expect(fault).not.toMatch(/string|undefined|array/);
});

it('names the line where the YAML cannot be read', () => {
  expect(faultOf('city: mito\nareas:\n  - key: a\n   name: b')).toMatch(/4行目の.*YAMLの書き方/);
});
