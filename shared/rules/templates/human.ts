import { checklistSchema, entryOf } from '../entry-base.ts';
import { satisfied } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('human', { checklist: checklistSchema });

/** Only a person can decide it: a line of the reviewer's checklist, also where its conditions are undecided. */
export const human: RuleTemplate<typeof entry> = {
  name: 'human',
  entry,
  reads: () => [],
  fills: () => [],
  raises: () => [],
  isConstant: true,
  judge: (_rule, _context, used) => ({ ...satisfied(used), status: 'checklist' }),
  whenUnknown: 'checklist',
};
