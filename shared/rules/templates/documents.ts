import * as z from 'zod';
import type { Finding } from '../../findings/finding.ts';
import { documentTitle } from '../../vocabulary/document-kinds.ts';
import { documentKey, entryOf, ruleId, violationSchema } from '../entry-base.ts';
import type { RuleOf } from '../rule.ts';
import { findingOf, type RuleContext } from '../rule-context.ts';
import { satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const item = z.strictObject({
  document: documentKey,
  or: z.array(z.string()).default([]).describe('代わりになる書類'),
  optional: z.boolean().default(false),
  insufficient: z
    .strictObject({ document: documentKey, rule: ruleId.optional(), ...violationSchema.shape })
    .optional()
    .describe('あっても足りない書類と、そのときの指摘'),
});
const entry = entryOf('documents', { items: z.array(item), violation: violationSchema });
type Item = z.output<typeof item>;
export type Documents = RuleOf<z.output<typeof entry>>;

/** Which documents the event needs. Missing ones of one set become one finding (decision/fold/group-by-set.ts). */
export const documents: RuleTemplate<typeof entry> = {
  name: 'documents',
  entry,
  reads: () => ['documents'],
  fills: () => ['missing'],
  raises: (rule) => [rule.violation, ...rule.items.flatMap((i) => (i.insufficient ? [i.insufficient] : []))],
  judge(rule, context, conditionsUsed) {
    const required = rule.items.filter((i) => !i.optional);
    const absent = required.filter((i) => !isPresent(i, context.documents));
    const insufficient = absent.filter(
      (i) => i.insufficient && context.documents.has(i.insufficient.document),
    );
    const missing = keysOf(absent.filter((i) => !insufficient.includes(i)));
    const findings = insufficient.map((i) => insufficientFinding(rule, i, context));
    if (missing.length > 0) {
      const finding = findingOf(rule, rule.violation, context, [], missingTitles(missing));
      findings.push({ ...finding, documents: missing });
    }
    const used = [...conditionsUsed, 'documents'];
    const optional = keysOf(rule.items.filter((i) => i.optional));
    const contributes = {
      documents: { required: keysOf(required), optional, missing: keysOf(absent) },
    };
    return findings.length > 0 ? violated(used, findings, contributes) : satisfied(used, contributes);
  },
};

/** The documents a sentence names as `{missing}`. */
export const missingTitles = (keys: string[]): Record<string, string> => ({
  missing: keys.map((key) => `「${documentTitle(key)}」`).join(''),
});

const keysOf = (items: Item[]): string[] => items.map((i) => i.document);

const isPresent = ({ document, or }: Item, present: Set<string>): boolean =>
  present.has(document) || or.some((key) => present.has(key));

/** A lesser form was sent. The rule that forbids it is cited where the entry names one. */
function insufficientFinding(
  rule: Documents,
  { document, insufficient }: Item,
  context: RuleContext,
): Finding {
  const { rule: owner, document: sent, ...violation } = insufficient!;
  const about = [`document.${sent}`];
  const finding = findingOf(rule, violation, context, about, missingTitles([document]));
  const cited = owner ? context.edition.rules.find((r) => r.id === owner) : undefined;
  return {
    ...finding,
    documents: [document],
    ...(cited && { rule: cited.id, rules: [cited.id, rule.id], citation: cited.citation }),
  };
}
