import * as z from 'zod';
import type { Citation } from '../findings/finding.ts';
import { tableLoader } from '../profiles/load-table.ts';
import { REVIEW_DECISIONS } from '../vocabulary/category.ts';
import { ruleId } from './entry-base.ts';
import { editionOn } from './profile.ts';

const loadTable = tableLoader(
  z.strictObject({
    sentences: z.array(
      z.strictObject({
        for: z.enum([...REVIEW_DECISIONS, 'set_aside', 'reminded']),
        text: z.string().min(1),
        rules: z.array(ruleId).optional(),
      }),
    ),
  }),
);

/** A sentence a reviewer starts from. reminded: an office is asked for a paper that has not come. */
export interface ReviewSentence {
  for: (typeof REVIEW_DECISIONS)[number] | 'set_aside' | 'reminded';
  text: string;
  citation: Citation | null;
}

/** The sentences for papers of a city and month: those of its rules with their citation, then those for everyone. */
export function reviewSentences(city: string, month: string | undefined): ReviewSentence[] {
  const { rules } = editionOn(city, month);
  const sentences = loadTable('review-sentences').sentences.flatMap((sentence): ReviewSentence[] => {
    const { text, rules: ids } = sentence;
    if (!ids) return [{ for: sentence.for, text, citation: null }];
    const rule = rules.find(({ id, also_judges }) => [id, ...also_judges].some((one) => ids.includes(one)));
    return rule ? [{ for: sentence.for, text, citation: rule.citation }] : [];
  });
  return sentences.sort((a, b) => Number(a.citation === null) - Number(b.citation === null));
}
