import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDERS = [
  'bench',
  'cli',
  'functions',
  'host',
  'infra',
  'operations',
  'samples',
  'shared',
  'tools',
  'web',
];

/** The left column of the table in CONTRIBUTING.md, without words that are limited to one meaning: `scan (alone)`. */
function forbiddenWords(page: string): string[] {
  const table = page.split('| we do not write | we write |')[1] ?? '';
  return [...table.matchAll(/^\| ([^|-][^|]*) \|/gm)]
    .map(([, cell]) => cell!)
    .filter((cell) => !cell.includes('('))
    .flatMap((cell) => cell.split(', ').map((word) => word.replaceAll('"', '')));
}

/** Every use of a word in the comments of a source, as `word: line of the comment`. */
function usesIn(source: string, words: string[]): string[] {
  const lines = [...source.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm)].flatMap(([text]) =>
    text.split('\n'),
  );
  return words.flatMap((word) =>
    lines
      .filter((line) => new RegExp(`\\b${word}\\b`, 'i').test(line))
      .map((line) => `${word}: ${line.trim()}`),
  );
}

const WORDS = forbiddenWords(readFileSync('CONTRIBUTING.md', 'utf8'));
const SOURCES = execFileSync('git', ['ls-files', ...FOLDERS], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(ts|js|cjs)$/.test(path));

it('reads the words from the page, and finds them in comments only', () => {
  expect(WORDS).toEqual(expect.arrayContaining(['said', 'nobody', 'so long', 'mend', 'is none']));
  expect(WORDS).not.toContain('scan');
  const source =
    "/**\n * What nobody\n * said. */\nconst said = 'told'; // mended\nconst url = 'http://told';";
  expect(usesIn(source, WORDS)).toEqual(['said: * said. */', 'nobody: * What nobody']);
});

it.each(FOLDERS)('%s uses no word in a comment that CONTRIBUTING.md replaces', (folder) => {
  const uses = SOURCES.filter((path) => path.startsWith(`${folder}/`)).flatMap((path) =>
    usesIn(readFileSync(path, 'utf8'), WORDS).map((use) => `${path}: ${use}`),
  );
  expect(uses).toEqual([]);
});
