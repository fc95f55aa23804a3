import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
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
});
