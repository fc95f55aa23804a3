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

function countByArea(cases: Case[]): Record<string, Record<string, number>> {
  const areas: Record<string, Record<string, number>> = {};
  const users = new Map<string, Set<string>>();
  for (const { user, area, category } of cases) {
    const counts = areas[area] ?? {};
    areas[area] = counts;
    counts[category] = (counts[category] ?? 0) + 1;
    users.set(area, (users.get(area) ?? new Set<string>()).add(user));
  }
  for (const [area, set] of users) areas[area]!.users = set.size;
  return areas;
}
