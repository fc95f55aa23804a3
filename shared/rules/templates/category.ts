import { type FactSheet, factValue } from '../../facts/fact.ts';
import type { Category } from '../../vocabulary/category.ts';
import { type Kind, kindOf } from '../../vocabulary/category.ts';
import type { Edition } from '../profile.ts';
import {
  applies,
  findingOf,
  type RuleContext,
  type RuleOf,
  type RuleResult,
  satisfied,
} from '../rule-context.ts';

const BY_ROUTE: Record<'yobo_shien' | 'yobo_cm', Record<string, Category>> = {
  yobo_shien: { direct: 'yobo_shien_direct', itaku: 'yobo_shien_itaku', center: 'yobo_shien_center' },
  // 介護予防ケアマネジメント is the center's: an office that declares itself direct can only be entrusted with it.
  yobo_cm: { direct: 'yobo_cm_itaku', itaku: 'yobo_cm_itaku', center: 'yobo_cm_center' },
};

/**
 * The category of the month: the first row that holds, the city's rows before the national ones.
 * Rows read the classes of the services used (`services`), the certification and the route.
 */
export function decideCategory(
  edition: Edition,
  facts: FactSheet,
): { kind?: Kind; category?: Category; rule?: string; used: string[] } {
  const rows = edition.rules.filter(
    (r): r is RuleOf<'category'> => r.template === 'category' && Boolean(r.becomes ?? r.category),
  );
  const local = rows.filter((r) => !r.id.startsWith('NAT-'));
  for (const row of [...local, ...rows.filter((r) => r.id.startsWith('NAT-'))]) {
    const held = applies(row, facts);
    if (held.truth !== true) continue;
    if (row.category) {
      const category = row.category as Category;
      return { kind: kindOf(category), category, rule: row.id, used: held.used };
    }
    const kind = row.becomes!;
    const route = factValue<string>(facts, 'provider_route');
    const category = route ? BY_ROUTE[kind][route] : entrusted(kind, facts);
    const used = [...held.used, route || !category ? 'provider_route' : 'office_designated_kyotaku'];
    return { kind, ...(category && { category }), rule: row.id, used };
  }
  return { used: [] };
}

/** Where nobody names the route: a 居宅 takes part in 介護予防ケアマネジメント only by commission. */
const entrusted = (kind: 'yobo_shien' | 'yobo_cm', facts: FactSheet): Category | undefined =>
  kind === 'yobo_cm' && OF_A_KYOTAKU.some((path) => factValue<boolean>(facts, path))
    ? 'yobo_cm_itaku'
    : undefined;
const OF_A_KYOTAKU = ['office_designated_kyotaku', 'office_designated_yobo_shien'];

/** A row that holds, against what the plan itself declares (計画種類), unless a 届出 already moves the month. */
export function category(rule: RuleOf<'category'>, context: RuleContext, used: string[]): RuleResult {
  const kind = factValue<string>(context.facts, 'category_kind');
  const declared = factValue<string>(context.facts, 'declared_kind');
  const moved = factValue<boolean>(context.facts, 'is_switch') === true && context.facts.has('notification');
  if (!rule.violation || !kind || (rule.becomes && rule.becomes !== kind)) return satisfied(used);
  if (rule.category && rule.category !== factValue(context.facts, 'category')) return satisfied(used);
  const route = factValue<string>(context.facts, 'provider_route');
  // A row that names a category of its own (事業対象者 is the center's) is violated by a route that cannot lead there.
  const wrongRoute = Boolean(rule.category) && route === 'direct' && kind === 'yobo_cm';
  const wrongKind = declared !== undefined && declared !== kind && !moved;
  if (!wrongKind && !wrongRoute) return satisfied([...used, 'declared_kind']);
  const about = wrongKind ? ['declared_kind', ...used] : ['provider_route', ...used];
  return {
    status: 'violated',
    findings: [
      findingOf(rule, rule.violation, context, about, {
        declared: NAMES[declared ?? ''] ?? '',
        category: NAMES[kind] ?? '',
      }),
    ],
    used: [...used, 'declared_kind'],
    needs: [],
  };
}

const NAMES: Record<string, string> = {
  yobo_shien: '介護予防支援',
  yobo_cm: '介護予防ケアマネジメント',
  kyotaku: '居宅介護支援',
};
