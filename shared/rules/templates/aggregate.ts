import { factValue } from '../../facts/fact.ts';
import { entryOf } from '../entry-base.ts';
import { satisfied } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('aggregate', {});

/** Numbers per area where the users live: users, and cases per category. */
export const aggregate: RuleTemplate<typeof entry> = {
  name: 'aggregate',
  entry,
  reads: () => ['flags.cases'],
  fills: () => [],
  raises: () => [],
  judge(_rule, { facts }, used) {
    const cases = factValue<Case[]>(facts, 'flags.cases');
    return satisfied(used, { aggregates: cases ? countByArea(cases) : null });
  },
};

interface Case {
  user: string;
  area: string;
  category: string;
}

/** By Maps: areas and categories come from outside and may be named like a property every object has. */
function countByArea(cases: Case[]): Record<string, Record<string, number>> {
  const byArea = Map.groupBy(cases, ({ area }) => area);
  return Object.fromEntries(
    [...byArea].map(([area, own]) => {
      const byCategory = Map.groupBy(own, ({ category }) => category);
      const counts = [...byCategory].map(([category, some]): [string, number] => [category, some.length]);
      const users = new Set(own.map(({ user }) => user)).size;
      return [area, Object.fromEntries([...counts, ['users', users]])];
    }),
  );
}
