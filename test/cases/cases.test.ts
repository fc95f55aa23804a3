import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CaseInput, decideCase } from '../../shared/decision/decide-case.ts';
import { compareCase, type Expectation } from './compare-case.ts';

const here = dirname(fileURLToPath(import.meta.url));
type Case = Omit<CaseInput, 'city'> & { title: string; expect: Expectation };

for (const file of readdirSync(here).filter((f) => f.endsWith('.yaml'))) {
  const city = file.replace('.yaml', '').split('-')[0]!;
  describe(`cases of ${file.replace('.yaml', '')}`, () => {
    const cases = parse(readFileSync(join(here, file), 'utf8')) as Case[];
    it.each(cases.map((c) => [`${c.id} ${c.title}`, c] as const))('decides %s', (_, c) => {
      expect(compareCase(decideCase({ ...c, city }), c.expect)).toEqual([]);
    });
  });
}
