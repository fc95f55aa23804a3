import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cityKeys } from '../../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../../shared/profiles/profiles-folder.ts';
import { loadProfile } from '../../../../shared/rules/profile.ts';
import { TEMPLATES, templateOf } from '../../../../shared/rules/templates/registry.ts';

const root = join(profilesFolder(), '..');
const names = TEMPLATES.map(({ name }) => name);

describe('the registry of templates', () => {
  it('has one file and one test per template', () => {
    const files = names.map((name) => name.replaceAll('_', '-')).sort();
    const found = (folder: string, ending: string): string[] =>
      readdirSync(join(root, folder))
        .map((file) => file.replace(ending, ''))
        .filter((file) => file !== 'registry')
        .sort();
    expect(found('shared/rules/templates', '.ts')).toEqual(files);
    expect(found('test/shared/rules/templates', '.test.ts')).toEqual(files);
  });

  it('has every template of the profiles, and none that no profile uses', () => {
    const used = ['national', ...cityKeys()].flatMap((key) => loadProfile(key).rules.map((r) => r.template));
    expect([...new Set(used)].sort()).toEqual([...names].sort());
  });

  it('is counted right in the decision record', () => {
    const record = readFileSync(join(root, 'docs/decisions/0001-rules-as-data.md'), 'utf8');
    expect(record).toContain(`${names.length} templates`);
  });

  it('gives a template by the name in the entry', () => {
    for (const { name, entry } of TEMPLATES) {
      expect(templateOf({ template: name }).name).toBe(name);
      expect(entry.shape.template.value).toBe(name);
    }
    expect(() => templateOf({ template: 'mystery' })).toThrow('mystery');
  });
});
