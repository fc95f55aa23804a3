import { ownerOf } from '../access/rights.ts';
import { type Identity, personOf } from '../facts/identify.ts';
import { type DecisionContext, senderIn } from './decision-context.ts';
import type { Reviewed } from './reviewed.ts';

/** What reviewers entered that counts for these papers: for earlier packets of the person, then for this one. */
export async function findReviewed(
  identity: Identity,
  part: number,
  context: DecisionContext,
): Promise<Reviewed[]> {
  const own = context.reviewed?.part === part ? [context.reviewed.reviewed] : [];
  const person = personOf(identity);
  if (!person || !context.rememberedOf) return own;
  const owner = ownerOf(senderIn(context), identity);
  return [await context.rememberedOf(person, identity.month.value, owner), ...own];
}
