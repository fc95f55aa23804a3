import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bodyNames } from '../../../shared/profiles/bodies.ts';
import { cities, cityKeys } from '../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { valueNames } from '../../../shared/profiles/value-names.ts';
import { DOCUMENT_KINDS } from '../../../shared/vocabulary/document-kinds.ts';
import { EVENT_NAMES } from '../../../shared/vocabulary/event-names.ts';
import { factPaths } from '../../../shared/vocabulary/fact-labels.ts';
import { CATEGORY_NAMES, DECISION_NAMES, SEVERITY_NAMES } from '../../../shared/vocabulary/names.ts';

const root = join(profilesFolder(), '..');
const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
let sources = '';
beforeAll(async () => {
  for await (const file of glob('{shared,profiles}/**/*.{ts,yaml}', { cwd: root }))
    sources += readFileSync(join(root, file), 'utf8');
});

describe('docs/glossary.md', () => {
  it('names only what the code and the rules know', () => {
    const names = [...glossary.matchAll(/`([A-Za-z_][\w.]*)`/g)].map((m) => m[1]!);
    const unknown = names.filter((name) => !sources.includes(name.split('.').at(-1)!));
    expect(names.length).toBeGreaterThan(50);
    expect(unknown).toEqual([]);
  });

  it.each(Object.entries(CATEGORY_NAMES))('explains the category %s as %s', (key, name) => {
    expect(glossary).toContain(`| ${name} | \`${key}\` |`);
  });

  it('explains every outcome and severity by the name on the screen', () => {
    for (const [key, name] of Object.entries({ ...DECISION_NAMES, ...SEVERITY_NAMES })) {
      expect(glossary).toContain(name);
      expect(glossary).toContain(`\`${key}\``);
    }
  });

  it('links only to pages that exist', () => {
    for (const [, path] of glossary.matchAll(/\]\(([^)#]+)\)/g))
      expect(() => readFileSync(join(root, 'docs', path!))).not.toThrow();
  });

  it('maps every romaji word of the keys', () => {
    const keys = [
      ...Object.keys(DOCUMENT_KINDS),
      ...Object.keys(CATEGORY_NAMES),
      ...Object.keys(EVENT_NAMES),
      ...Object.keys(bodyNames()),
      ...factPaths(),
      ...Object.keys(valueNames()),
    ].filter((key) => !cityBodies.includes(key));
    const words = new Set(keys.flatMap((key) => key.split(/[._]/)).filter((word) => word.length > 3));
    const romaji = [...words].filter(
      (word) => ROMAJI.test(word) && !ENGLISH.has(word) && !cityKeys().includes(word),
    );
    expect(romaji.length).toBeGreaterThan(50);
    expect(romaji.filter((word) => !glossary.includes(`| \`${word}\` |`))).toEqual([]);
  });
});

/** The bodies of cities are named after their cities. */
const cityBodies = Object.values(cities()).flatMap(({ body }) => body ?? []);
/** A word of Japanese syllables; a few English words are built the same way. */
const ROMAJI = /^(?:(?:[kgsztdnhbpmryw]|sh|ch|ts|j|ky|gy|sy|ny|hy|by|py|my|ry|f)?[aeiou]n?)+$/;
const ENGLISH = new Set(
  'again area base before change data date fee home info made name none note notice number opinion reason retention route same service site time use'.split(
    ' ',
  ),
);
