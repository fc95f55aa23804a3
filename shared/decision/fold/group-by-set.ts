import type { Finding } from '../../findings/finding.ts';
import type { Violation } from '../../rules/entry-base.ts';
import type { Judged } from '../../rules/judge-rules.ts';
import type { RuleOf } from '../../rules/rule.ts';
import { fill } from '../../rules/rule-context.ts';
import { type Documents, missingTitles } from '../../rules/templates/documents.ts';

/**
 * Missing documents of one set and code are one finding: the office reads one line, not four. A document that two
 * findings of one code and severity report is reported once, by the one that asks for more documents (of two that ask for
 * as many, by a set before a single rule).
 */
export function groupBySet(judged: Judged[]): Finding[] {
  const findings: Finding[] = [];
  const shortages = new Map<string, Shortage>();
  for (const { rule, result } of judged) {
    for (const finding of result.findings) {
      const shortage = shortageOf(rule, finding);
      const key = `${rule.document_set ?? rule.id}/${finding.code}/${finding.severity}`;
      const first = shortage && shortages.get(key);
      if (first) join(first, shortage);
      else findings.push(finding);
      if (shortage && !first) shortages.set(key, shortage);
    }
  }
  const repeated = mergeRepeated([...shortages.values()]);
  return findings.filter((finding) => !repeated.has(finding));
}

/** A finding about missing documents, with the sentences it was made of. */
interface Shortage {
  finding: Finding;
  isOfSet: boolean;
  missing: string[];
  /** documents the rules of the finding ask for, missing or not */
  asked: string[];
  sentences: Violation;
}

function shortageOf(rule: RuleOf, finding: Finding): Shortage | undefined {
  if (!isDocuments(rule) || !finding.documents || finding.code !== rule.violation.code) return undefined;
  const asked = rule.items.map((item) => item.document);
  return {
    finding,
    isOfSet: rule.document_set !== undefined,
    missing: finding.documents,
    asked,
    sentences: rule.violation,
  };
}

const isDocuments = (rule: RuleOf): rule is Documents => rule.template === 'documents';

/** The same sentence names all documents at once; another sentence follows it. */
function join(first: Shortage, second: Shortage): void {
  first.missing = union(first.missing, second.missing);
  first.asked = union(first.asked, second.asked);
  first.finding.documents = first.missing;
  for (const part of ['message', 'remedy'] as const) {
    const sentence = second.sentences[part];
    if (first.sentences[part] === sentence)
      first.finding[part] = fill(sentence, missingTitles(first.missing));
    else if (!first.finding[part].includes(second.finding[part])) first.finding[part] += second.finding[part];
  }
  citeAlso(first.finding, second.finding);
}

/** The findings that report nothing beyond another one, which then cites their rules as well. */
function mergeRepeated(shortages: Shortage[]): Set<Finding> {
  const longestFirst = shortages.toSorted(
    (a, b) => b.asked.length - a.asked.length || Number(b.isOfSet) - Number(a.isOfSet),
  );
  const repeated = new Set<Finding>();
  for (const shortage of shortages) {
    const leading = longestFirst.find((other) => reports(other, shortage));
    if (!leading || leading === shortage) continue;
    citeAlso(leading.finding, shortage.finding);
    repeated.add(shortage.finding);
  }
  return repeated;
}

const reports = (one: Shortage, other: Shortage): boolean =>
  one.finding.code === other.finding.code &&
  one.finding.severity === other.finding.severity &&
  other.missing.every((document) => one.missing.includes(document));

/** The first finding names the rules and the place of the second as well. */
function citeAlso(first: Finding, second: Finding): void {
  first.rules = union(first.rules, second.rules);
  if (first.citation && second.citation && !first.citation.place.includes(second.citation.place))
    first.citation = { ...first.citation, place: `${first.citation.place}、${second.citation.place}` };
}

const union = (first: string[], second: string[]): string[] => [...new Set([...first, ...second])];
