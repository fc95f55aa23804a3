import { type FactSheet, factValue } from '../../facts/fact.ts';

/** Numbers per area: users, and users per category. The area is where the user lives, not where the office is. */
export function aggregate(facts: FactSheet): Record<string, Record<string, number>> | null {
  const cases = factValue<{ user: string; area: string; category: string }[]>(facts, 'flags.cases');
  if (!cases) return null;
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
