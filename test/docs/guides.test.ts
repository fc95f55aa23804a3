import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFile, fileType, PICTURES } from '../../shared/packet/file-type.ts';

// The guides of docs/ja/ name what the screens show and show what the browser tests photographed.
const ROOT = resolve(import.meta.dirname, '../..');
const read = (pattern: string[]): string =>
  globSync(pattern, { cwd: ROOT })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
const SCREENS = read(['web/**/*.{ts,tsx}', 'shared/vocabulary/*.ts']);
const TAKEN = new Set(
  [...read(['test/browser/*.ts']).matchAll(/picture\(\w+, '([\w-]+)'/g)].map(([, name]) => name),
);
const GUIDES = globSync('docs/ja/*.md', { cwd: ROOT });

/** The words in bold: names of screens, buttons and headings. */
const namesIn = (text: string): string[] => [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name!);

describe.each(GUIDES)('%s', (guide) => {
  const text = readFileSync(join(ROOT, guide), 'utf8');

  it('names in bold only what a screen shows', () => {
    expect(namesIn(text)).not.toEqual([]);
    expect(namesIn(text).filter((name) => !SCREENS.includes(name))).toEqual([]);
  });

  it('shows only pictures that a browser test takes', () => {
    const shown = [...text.matchAll(/\]\(images\/([\w-]+)\.png\)/g)].map(([, name]) => name);
    expect(shown.filter((name) => !TAKEN.has(name))).toEqual([]);
  });
});

it('every picture that is taken is shown in a guide', () => {
  const guides = read(['docs/ja/*.md']);
  expect([...TAKEN].filter((name) => !guides.includes(`images/${name}.png`))).toEqual([]);
});

/** First bytes, as latin1, of the files that are read or opened. */
const HEADS = [
  '%PDF-',
  '\xff\xd8\xff',
  '\x89PNG',
  'II*\0',
  'GIF8',
  'BM',
  'RIFF\0\0\0\0WEBP',
  '\0\0\0\x1cftypheic',
  '7z\xbc\xaf',
  'Rar!',
  '\x20\x20-lh5-',
].map((head) => Buffer.from(head, 'latin1'));

it('tells offices of every kind of file that is read or opened', () => {
  const guide = read(['docs/ja/office.md']);
  expect(HEADS.map(describeFile).filter((name) => !guide.includes(name))).toEqual([]);
  const types = new Set(HEADS.map(fileType));
  expect([...PICTURES].filter((picture) => !types.has(picture))).toEqual([]);
});
