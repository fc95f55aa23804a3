import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkFact } from '../../../shared/cover-sheet/check-value.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { isDerivedFact, isFactPath } from '../../../shared/vocabulary/fact-labels.ts';

/** Every value a worked case gives, by its path in the vocabulary of facts. */
function valuesOfCases(): [path: string, value: unknown][] {
  const found = new Map<string, [string, unknown]>();
  const add = (path: string, value: unknown): void => {
    if (value !== null && isFactPath(path) && !isDerivedFact(path))
      found.set(`${path} ${JSON.stringify(value)}`, [path, value]);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) walk(one);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { given, ...rest } = value as Record<string, unknown>;
    for (const [key, one] of Object.entries((given ?? {}) as Record<string, unknown>))
      if (['dates', 'flags', 'notification'].includes(key) && typeof one === 'object' && one !== null)
        for (const [member, v] of Object.entries(one)) add(`${key}.${member}`, v);
      else add(key, one);
    walk(Object.values(rest));
  };
  const cases = join(profilesFolder(), '../test/cases');
  for (const file of globSync('*.yaml', { cwd: cases }))
    walk(parse(readFileSync(join(cases, file), 'utf8'), { merge: true, maxAliasCount: -1 }));
  return [...found.values()];
}

it('allows on a 送付票 what every worked case gives', () => {
  const values = valuesOfCases();
  expect(values.length).toBeGreaterThan(300);
  const refused = values.filter(([path, value]) => 'expected' in checkFact(path, value));
  expect(refused.map(([path, value]) => `${path}: ${JSON.stringify(value)}`)).toEqual([]);
});
