import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cities, cityKeys } from '../../shared/profiles/cities.ts';
import { profilesFolder } from '../../shared/profiles/profiles-folder.ts';

const root = join(profilesFolder(), '..');
const sources = globSync('{shared,functions,cli,host,operations,infra,tools,web}/**/*.{ts,js,cjs,html}', {
  cwd: root,
})
  .filter((file) => !file.includes('node_modules'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Lines that hold one of the words, as `file:line word`. */
const linesWith = (words: RegExp[], read = (text: string) => text): string[] =>
  sources.flatMap(({ file, text }) =>
    read(text)
      .split('\n')
      .flatMap((line, i) =>
        words.filter((word) => word.test(line)).map((word) => `${file}:${i + 1} ${word.source}`),
      ),
  );

describe('code', () => {
  it('is searched by this test', () => {
    expect(sources.length).toBeGreaterThan(300);
  });

  it('names no city, not even in a comment', () => {
    const printed = Object.values(cities()).map(
      ({ name }) => new RegExp(name.replace(/([市町村区])$/, '$1?')),
    );
    const keys = cityKeys().map((key) => new RegExp(`(?<![a-z])${key}(?![a-z])`));
    expect(linesWith([...printed, ...keys])).toEqual([]);
  });

  it('names no office of a city', () => {
    expect(officeNames()).toContain('ささえりあ');
    expect(linesWith(officeNames().map((name) => new RegExp(name)))).toEqual([]);
  });

  it('holds no number of the law', () => {
    expect(numbersOfLaw()).toEqual(expect.arrayContaining(['442', '472', '397.8']));
    const found = numbersOfLaw().flatMap((number) =>
      linesWith([asNumber(number)], withoutComments).filter((line) => !isTechnical(number, line)),
    );
    expect(found).toEqual([]);
  });
});

const table = (name: string) =>
  parse(readFileSync(join(profilesFolder(), `${name}.yaml`), 'utf8'), { merge: true });

/** The names a city uses for its centers and for the offices that receive its papers. */
function officeNames(): string[] {
  const { bodies } = table('bodies') as { bodies: { printed?: string[]; addressee?: string }[] };
  const national = bodies.flatMap(({ printed }) => printed ?? []);
  const centers = Object.values(cities()).flatMap(({ center_name }) => center_name ?? []);
  const addressees = bodies.flatMap(({ addressee }) => (addressee ?? '').split('|'));
  return [
    ...centers.filter((name) => !national.includes(name)),
    ...addressees.filter((name) => /^[^[\]?]{3,}$/.test(name)),
  ];
}

/** Units, yen and days of the profiles, as numbers or in their sentences: three digits or more. */
function numbersOfLaw(): string[] {
  const numbers = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'number') numbers.add(String(value));
    else if (typeof value === 'string')
      for (const [, number = ''] of value.matchAll(/([0-9]+(?:\.[0-9]+)?)(?:単位|円|日)/g))
        numbers.add(number);
    else if (value && typeof value === 'object') for (const part of Object.values(value)) collect(part);
  };
  for (const key of ['national', ...cityKeys()]) collect(table(key));
  return [...numbers].filter((number) => number.replace(/^0?\.|\./g, '').length >= 3);
}

const asNumber = (number: string): RegExp =>
  new RegExp(`(?<![0-9._#A-Fx])${number.replace('.', '\\.')}(?![0-9._])`);

/** Numbers of the law with another meaning in the folders named: a resolution in dpi, milliseconds, an HTTP status. */
const TECHNICAL: Record<string, RegExp> = {
  300: /^(?:shared\/documents|shared\/packet\/containers|infra|operations|host|cli|functions|web)\//,
};
const isTechnical = (number: string, line: string): boolean => TECHNICAL[number]?.test(line) ?? false;

const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(?<![:'"`])\/\/.*$/gm, '');
