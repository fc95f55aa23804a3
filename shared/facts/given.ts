import type { Given } from '../cover-sheet/given-facts.ts';
import type { Fact, FactSheet } from './fact.ts';

/** Groups whose members are facts of their own (`dates.plan_fixed`, `flags.plan_signed`, `notification.kind`). */
const FACT_GROUPS = ['dates', 'flags', 'notification'] as const;

/** Lists that mean something even when empty: no document arrived, no mark was found. */
const MEANINGFUL_EMPTY = new Set([
  'documents',
  'flags.keika_tags',
  'flags.plan_blank_fields',
  'flags.cases',
  'notification.attachments',
]);

/** Turns a `given` object into facts: known in a worked case, assumed where the cover gives them. */
export function factsFromGiven(given: Given, source: 'given' | 'cover' = 'given'): FactSheet {
  const facts: FactSheet = new Map();
  const put = (path: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value) && value.length === 0 && !MEANINGFUL_EMPTY.has(path)) return;
    const fact: Fact = {
      path,
      state: source === 'given' ? 'known' : 'assumed',
      value,
      evidence: [
        { source, where: source === 'cover' ? { file: 'packet.json' } : {}, raw: JSON.stringify(value) },
      ],
    };
    if (source === 'cover') fact.reason = '送付票の記載による';
    facts.set(path, fact);
  };
  for (const [key, value] of Object.entries(given)) {
    if ((FACT_GROUPS as readonly string[]).includes(key)) {
      if (value === null || value === undefined) continue;
      for (const [member, v] of Object.entries(value as Record<string, unknown>)) put(`${key}.${member}`, v);
      if (key === 'notification' && Object.values(value).some((v) => v !== null && v !== undefined))
        put('notification', true);
    } else put(key, value);
  }
  return facts;
}
