import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, LICENCE_IN_FILE, listDependencies, writeLicences } from '../../tools/licences.ts';

const root = join(import.meta.dirname, '../..');

describe('the licences of the dependencies', () => {
  const dependencies = listDependencies();

  it('are allowed, every one', () => {
    expect(dependencies.length).toBeGreaterThan(100);
    expect(dependencies.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('equal docs/licences.md', () => {
    expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(writeLicences(dependencies));
  });

  it('are listed by hand where a package declares none in the usual place', () => {
    for (const [name, { licence, where }] of Object.entries(LICENCE_IN_FILE))
      expect(readFileSync(join(root, 'node_modules', name, where), 'utf8'), name).toContain(licence);
  });

  it('leave no direct dependency out', () => {
    const { dependencies: direct } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = new Set(dependencies.filter((d) => d.direct).map((d) => d.name));
    for (const name of Object.keys(direct)) expect(named, name).toContain(name);
  });
});

describe('a licence expression', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND OFL-1.1', true],
    ['AGPL-3.0-or-later', false],
    ['GPL-3.0-only', false],
    ['MIT AND GPL-2.0-only', false],
    ['SEE LICENSE IN x', false],
    ['unknown', false],
  ])('%s is allowed: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
