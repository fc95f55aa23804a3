import { putDerived } from '../../facts/derive/put-derived.ts';
import { classesOf } from '../../facts/derive/service-classes.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import { type Category, isCategory, type Kind, kindOf } from '../../vocabulary/category.ts';
import { evaluate } from '../conditions.ts';
import type { RuleBook } from '../rule.ts';
import { applies } from '../rule-context.ts';
import { rulesOf } from '../rule-template.ts';
import { category } from '../templates/category.ts';

export interface CategoryFound {
  kind?: Kind;
  category?: Category;
  rule?: string;
  used: readonly string[];
}

/** The category by the first row that holds, the city's rows before the national ones. */
export function categoryByRows(edition: RuleBook, facts: FactSheet): CategoryFound {
  for (const row of rowsOf(edition)) {
    const held = applies(row, facts);
    if (held.truth !== true) continue;
    if (row.category) {
      const kind = kindOf(row.category);
      return { ...(kind && { kind }), category: row.category, rule: row.id, used: held.used };
    }
    if (!row.becomes) continue;
    const found = byRoute(row.becomes, edition, facts);
    return { kind: row.becomes, ...found, rule: row.id, used: [...held.used, ...found.used] };
  }
  return { used: [] };
}

type CategoryRow = ReturnType<typeof rulesOf<typeof category.entry>>[number];
const ordered = new WeakMap<RuleBook['rules'], CategoryRow[]>();

/** The rows in the order they are asked, once per edition. */
function rowsOf(edition: RuleBook): CategoryRow[] {
  const rows = rulesOf(edition, category);
  const existing = ordered.get(edition.rules) ?? [
    ...rows.filter((row) => row.scope === 'city'),
    ...rows.filter((row) => row.scope === 'national'),
  ];
  ordered.set(edition.rules, existing);
  return existing;
}

/** The kind of category the services of the plan make; undefined where they are not known. */
export function plannedKind(edition: RuleBook, facts: FactSheet): Kind | undefined {
  const planned = factValue<{ class: string }[]>(facts, 'services_planned');
  if (!planned) return undefined;
  const asPlanned: FactSheet = new Map(facts);
  putDerived(asPlanned, 'services', classesOf(planned));
  return categoryByRows(edition, asPlanned).kind;
}

/** The category of a kind is named by its route; which route a month can have is law (`route_reading` of national.yaml). */
function byRoute(
  kind: 'yobo_shien' | 'yobo_cm',
  { routeReading }: RuleBook,
  facts: FactSheet,
): { category?: Category; used: readonly string[] } {
  const declared = factValue<string>(facts, 'provider_route');
  const row = routeReading.find((r) => r.kind === kind && evaluate(r.when, facts).truth === true);
  const category = `${kind}_${row?.becomes ?? declared}`;
  const isByOffice = !declared && row !== undefined;
  return {
    ...(isCategory(category) && { category }),
    used: [isByOffice ? 'office_designated_kyotaku' : 'provider_route'],
  };
}
