import { putDerived } from '../../facts/derive/put-derived.ts';
import { classesOf } from '../../facts/derive/service-classes.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import { type Category, type Kind, kindOf } from '../../vocabulary/category.ts';
import type { RuleBook } from '../rule.ts';
import { applies } from '../rule-context.ts';
import { rulesOf } from '../rule-template.ts';
import { category } from '../templates/category.ts';

export interface CategoryFound {
  kind?: Kind;
  category?: Category;
  rule?: string;
  used: string[];
}

/** The category by the first row that holds, the city's rows before the national ones. */
export function categoryByRows(edition: RuleBook, facts: FactSheet): CategoryFound {
  const rows = rulesOf(edition, category);
  const local = rows.filter((row) => row.scope === 'city');
  const national = rows.filter((row) => row.scope === 'national');
  for (const row of [...local, ...national]) {
    const held = applies(row, facts);
    if (held.truth !== true) continue;
    if (row.category) {
      const kind = kindOf(row.category);
      return { ...(kind && { kind }), category: row.category, rule: row.id, used: held.used };
    }
    if (!row.becomes) continue;
    const found = byRoute(row.becomes, facts);
    return { kind: row.becomes, ...found, rule: row.id, used: [...held.used, ...found.used] };
  }
  return { used: [] };
}

/** The kind of category the services of the plan make; undefined where they are not known. */
export function plannedKind(edition: RuleBook, facts: FactSheet): Kind | undefined {
  const planned = factValue<{ class: string }[]>(facts, 'services_planned');
  if (!planned) return undefined;
  const asPlanned: FactSheet = new Map(facts);
  putDerived(asPlanned, 'services', classesOf(planned));
  return categoryByRows(edition, asPlanned).kind;
}

const BY_ROUTE: Record<'yobo_shien' | 'yobo_cm', Record<string, Category>> = {
  yobo_shien: { direct: 'yobo_shien_direct', itaku: 'yobo_shien_itaku', center: 'yobo_shien_center' },
  // 介護予防ケアマネジメント is the center's: an office that declares itself direct can only be commissioned.
  yobo_cm: { direct: 'yobo_cm_itaku', itaku: 'yobo_cm_itaku', center: 'yobo_cm_center' },
};

function byRoute(kind: 'yobo_shien' | 'yobo_cm', facts: FactSheet): { category?: Category; used: string[] } {
  const route = factValue<string>(facts, 'provider_route');
  const found = route ? BY_ROUTE[kind][route] : commissioned(kind, facts);
  const isByOffice = !route && found !== undefined;
  return {
    ...(found && { category: found }),
    used: [isByOffice ? 'office_designated_kyotaku' : 'provider_route'],
  };
}

/** Without a route: a 居宅 takes part in 介護予防ケアマネジメント only by commission. */
const commissioned = (kind: 'yobo_shien' | 'yobo_cm', facts: FactSheet): Category | undefined =>
  kind === 'yobo_cm' && OF_A_KYOTAKU.some((path) => factValue<boolean>(facts, path))
    ? 'yobo_cm_itaku'
    : undefined;
const OF_A_KYOTAKU = ['office_designated_kyotaku', 'office_designated_yobo_shien'];
