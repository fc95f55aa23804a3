import * as z from 'zod';
import { entryOf } from '../entry-base.ts';
import { satisfied } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('out', { reason: z.string().min(1).describe('受付が扱わない理由（docs/scope.md）') });

/** Not visible to document intake; docs/scope.md lists it with its reason. */
export const out: RuleTemplate<typeof entry> = {
  name: 'out',
  entry,
  reads: () => [],
  fills: () => [],
  raises: () => [],
  isConstant: true,
  judge: (_rule, _context, used) => satisfied(used),
};
