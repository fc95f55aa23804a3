import type { Involvement } from '../../rules/rule-result.ts';

/** What the 包括 has to do with a packet, from every rule that involves it: all reasons, by the earliest day. */
export function joinInvolvements(involvements: Involvement[]): Involvement | null {
  const [first, ...others] = involvements;
  if (!first || others.length === 0) return first ?? null;
  const days = involvements.flatMap(({ due }) => due ?? []).sort();
  const awaited = involvements.find(({ after_advice }) => after_advice)?.after_advice;
  return {
    rule: first.rule,
    due: days[0] ?? null,
    reason: involvements.map(({ reason }) => reason).join('。'),
    ...(awaited && { after_advice: awaited }),
  };
}
