import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import { CATEGORIES, type Kind } from '../../vocabulary/category.ts';
import { KIND_NAMES } from '../../vocabulary/names.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf } from '../rule-context.ts';
import { satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('category', {
  becomes: z.enum(['yobo_shien', 'yobo_cm']).optional().describe('当てはまる月の区分の種別'),
  category: z.enum(CATEGORIES).optional().describe('実施の経路によらない区分（例 委託のない事業対象者）'),
  violation: violationSchema.optional(),
});

/**
 * Which category a month is. derive/category.ts takes the first row that holds; judged is what the plan declares
 * (計画種類) against it, unless a 届出 already moves the month.
 */
export const category: RuleTemplate<typeof entry> = {
  name: 'category',
  entry,
  reads: () => ['category', 'category_kind', 'declared_kind', 'provider_route', 'is_switch', 'notification'],
  fills: () => ['declared', 'category'],
  raises: (rule) => (rule.violation ? [rule.violation] : []),
  judge(rule, context, conditionsUsed) {
    const { facts } = context;
    const kind = factValue<Kind>(facts, 'category_kind');
    const isOther =
      (rule.becomes !== undefined && rule.becomes !== kind) ||
      (rule.category !== undefined && rule.category !== factValue(facts, 'category'));
    if (!rule.violation || !kind || isOther) return satisfied(conditionsUsed);
    const used = [...conditionsUsed, 'declared_kind'];
    const declared = factValue<Kind>(facts, 'declared_kind');
    const isMoved = factValue<boolean>(facts, 'is_switch') === true && facts.has('notification');
    const wrongKind = declared !== undefined && declared !== kind && !isMoved;
    // A row that names a category of its own is violated by a route that cannot lead to it.
    const wrongRoute =
      rule.category !== undefined && factValue(facts, 'provider_route') === 'direct' && kind === 'yobo_cm';
    if (!wrongKind && !wrongRoute) return satisfied(used);
    const about = [wrongKind ? 'declared_kind' : 'provider_route', ...conditionsUsed];
    const values = { declared: declared ? KIND_NAMES[declared] : '', category: KIND_NAMES[kind] };
    return violated(used, [findingOf(rule, rule.violation, context, about, values)]);
  },
};
