import type { CaseContents } from '../shared/records/lifecycle/case-contents.ts';
import { eraseCase, planErasure } from '../shared/records/lifecycle/erase-case.ts';
import type { CaseContext } from './case-context.ts';

/** Erases the case with `really` and where nothing forbids it; otherwise only shows what would be erased. */
export async function eraseCaseOrPlan(
  context: CaseContext,
  contents: CaseContents,
  { by, reason, really }: { by: string; reason: string; really: boolean },
): Promise<object> {
  const plan = planErasure(context, contents);
  if (!really || plan.why_kept.length > 0) return { erased: null, plan };
  const { erasure, objects } = await eraseCase(context, context.keeper, contents, { by, reason });
  return { erased: { erasure, objects: objects.length }, plan };
}
