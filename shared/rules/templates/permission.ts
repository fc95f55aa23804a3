import { entryOf } from '../entry-base.ts';
import { satisfied } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('permission', {});

/** What the source allows or only explains: it is never violated. */
export const permission: RuleTemplate<typeof entry> = {
  name: 'permission',
  entry,
  reads: () => [],
  fills: () => [],
  raises: () => [],
  isConstant: true,
  judge: (_rule, _context, used) => satisfied(used),
};
