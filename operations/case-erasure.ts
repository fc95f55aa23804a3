import type { CaseContents } from '../shared/records/lifecycle/case-contents.ts';
import { eraseCase, planErasure } from '../shared/records/lifecycle/erase-case.ts';
import { BytesHeldError } from '../shared/records/store/remains.ts';
import type { CaseContext } from './case-context.ts';
import { OperationError } from './operation.ts';

/** Erases the case with `really` and where nothing forbids it; otherwise only shows what would be erased. */
export async function eraseCaseOrPlan(
  context: CaseContext,
  contents: CaseContents,
  { by, reason, really }: { by: string; reason: string; really: boolean },
): Promise<object> {
  const plan = planErasure(context, contents);
  if (!really || plan.why_kept.length > 0) return { erased: null, plan };
  try {
    const erased = await eraseCase(context, context.keeper, contents, { by, reason }, context.remains);
    const { erasure, objects, set_aside } = erased;
    return { erased: { erasure, objects: objects.length, set_aside }, plan };
  } catch (error) {
    if (error instanceof BytesHeldError) throw new OperationError(BYTES_HELD);
    throw error;
  }
}

const BYTES_HELD =
  '廃棄はまだ終わっていません。記録とファイルは消しましたが、ほかの仕事が記録の表を読んでいたため、消したものがディスクに残っています。' +
  '受付が空いているときに、同じ廃棄をもう一度行ってください。続きから終わります。';
