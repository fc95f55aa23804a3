import type { Finding } from '../../findings/finding.ts';
import { documentTitle } from '../../vocabulary/document-kinds.ts';
import type { Rule } from '../profile.ts';
import { fill, findingOf, type RuleContext, type RuleOf, type RuleResult } from '../rule-context.ts';

type Sentences = Pick<RuleOf<'documents'>['violation'], 'message' | 'remedy'>;
type Item = RuleOf<'documents'>['items'][number];

const isPresent = (item: { document: string; or?: string[] }, documents: Set<string>): boolean =>
  documents.has(item.document) || (item.or ?? []).some((d) => documents.has(d));

/** documents: which documents the event needs. Missing ones of one set become one finding. */
export function documents(rule: RuleOf<'documents'>, context: RuleContext, used: string[]): RuleResult {
  const absent = rule.items.filter((item) => !item.optional && !isPresent(item, context.documents));
  const insufficient = absent.filter(
    (item) => item.insufficient && context.documents.has(item.insufficient.document),
  );
  const missing = absent.filter((item) => !insufficient.includes(item));
  const findings: Finding[] = insufficient.map((item) => insufficientFinding(rule, item, context));
  if (missing.length > 0) {
    findings.push({
      ...findingOf(rule, rule.violation, context, [], namesOf(missing.map((i) => i.document))),
      documents: missing.map((i) => i.document),
    });
  }
  return {
    status: findings.length > 0 ? 'violated' : 'satisfied',
    findings,
    used: [...used, 'documents'],
    needs: [],
  };
}

function insufficientFinding(rule: RuleOf<'documents'>, item: Item, context: RuleContext): Finding {
  const { rule: owner, document, ...violation } = item.insufficient!;
  const finding = findingOf(rule, violation, context, [`document.${document}`], namesOf([item.document]));
  const cited = owner ? context.edition.rules.find((r) => r.id === owner) : undefined;
  return {
    ...finding,
    documents: [item.document],
    ...(cited && { rule: cited.id, rules: [cited.id, rule.id], citation: cited.citation }),
  };
}

const namesOf = (keys: string[]): Record<string, string> => ({
  missing: keys.map((k) => `「${documentTitle(k)}」`).join(''),
});

/**
 * Findings of one set and code are one finding for the office: it reads one line, not four. A rule that names a
 * covering set stands behind it, so that a document both ask for is reported missing once.
 */
export function groupBySet(results: { rule: Rule; findings: Finding[] }[]): Finding[] {
  const merged = new Map<string, Finding>();
  const sentences = new Map<Finding, Sentences>();
  const out: Finding[] = [];
  const covered = results.filter((r) => r.rule.covered_by);
  for (const { rule, findings } of [...results.filter((r) => !r.rule.covered_by), ...covered]) {
    for (const finding of findings) {
      const groupable =
        rule.template === 'documents' &&
        finding.documents &&
        finding.code === (rule as RuleOf<'documents'>).violation.code;
      const keyOf = (set: string): string => `${set}/${finding.code}/${finding.severity}`;
      const key = groupable ? keyOf(rule.set ?? rule.id) : undefined;
      const cover = key && rule.covered_by ? merged.get(keyOf(rule.covered_by)) : undefined;
      if (cover && finding.documents?.every((d) => cover.documents?.includes(d))) {
        join(cover, finding);
        continue;
      }
      const first = key ? merged.get(key) : undefined;
      if (!key || !first) {
        if (key) merged.set(key, finding);
        if (groupable) sentences.set(finding, (rule as RuleOf<'documents'>).violation);
        out.push(finding);
        continue;
      }
      first.documents = [...new Set([...(first.documents ?? []), ...(finding.documents ?? [])])];
      for (const part of ['message', 'remedy'] as const) {
        const sentence = (rule as RuleOf<'documents'>).violation[part];
        // The same sentence names all the documents at once; another sentence follows it.
        if (sentences.get(first)?.[part] === sentence) first[part] = fill(sentence, namesOf(first.documents));
        else if (!first[part].includes(finding[part])) first[part] += finding[part];
      }
      join(first, finding);
    }
  }
  return out;
}

/** The first finding speaks for the second rule as well. */
function join(first: Finding, second: Finding): void {
  first.rules = [...new Set([...first.rules, ...second.rules])];
  if (first.citation && second.citation && !first.citation.place.includes(second.citation.place)) {
    first.citation = { ...first.citation, place: `${first.citation.place}、${second.citation.place}` };
  }
}

/**
 * The documents the evaluated rules ask for: every item of a set any of whose rules is evaluated, so that a what-if
 * on one rule of a set still shows the set.
 */
export function requiredDocuments(context: RuleContext): {
  required: string[];
  optional: string[];
  missing: string[];
} {
  const rules = context.edition.rules;
  const sets = new Set(
    rules.filter((r) => r.set && context.isEvaluated(r) && isOpen(r, context)).map((r) => r.set),
  );
  const required = new Set<string>();
  const optional = new Set<string>();
  const missing = new Set<string>();
  for (const rule of rules) {
    const chosen = rule.set ? sets.has(rule.set) : context.isEvaluated(rule);
    if (!chosen || context.holds(rule).truth !== true || isExempt(rule, context)) continue;
    for (const key of rule.lists) {
      required.add(key);
      if (!context.documents.has(key)) missing.add(key);
    }
    if (rule.template !== 'documents') continue;
    for (const item of rule.items) {
      (item.optional ? optional : required).add(item.document);
      if (!item.optional && !isPresent(item, context.documents)) missing.add(item.document);
    }
  }
  for (const key of required) optional.delete(key);
  return { required: [...required], optional: [...optional], missing: [...missing] };
}

export const isExempt = (rule: Rule, context: RuleContext): boolean =>
  rule.exempt !== undefined && context.holds(rule.exempt).truth === true;

const isOpen = (rule: Rule, context: RuleContext): boolean => context.holds(rule).truth !== false;
