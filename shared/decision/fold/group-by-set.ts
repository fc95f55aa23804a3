import type { Finding } from '../../findings/finding.ts';
import type { Violation } from '../../rules/entry-base.ts';
import type { Judged } from '../../rules/judge-rules.ts';
import type { RuleOf } from '../../rules/rule.ts';
import { fill } from '../../rules/rule-context.ts';
import { type Documents, missingTitles } from '../../rules/templates/documents.ts';

/**
 * Missing documents of one set and code are one finding: the office reads one line, not four. A rule that names a
 * covering set comes after it, so that a document both ask for is reported missing once.
 */
export function groupBySet(judged: Judged[]): Finding[] {
  const out: Finding[] = [];
  const bySet = new Map<string, Shortage>();
  const ordered = [...judged.filter((j) => !j.rule.covered_by), ...judged.filter((j) => j.rule.covered_by)];
  for (const { rule, result } of ordered) {
    for (const finding of result.findings) {
      const shortage = shortageOf(rule, finding);
      if (!shortage) {
        out.push(finding);
        continue;
      }
      const key = (set: string): string => `${set}/${finding.code}/${finding.severity}`;
      const cover = rule.covered_by ? bySet.get(key(rule.covered_by)) : undefined;
      if (cover && shortage.documents.every((d) => cover.documents.includes(d))) {
        speakFor(cover.finding, finding);
        continue;
      }
      const first = bySet.get(key(rule.set ?? rule.id));
      if (first) join(first, shortage);
      else {
        bySet.set(key(rule.set ?? rule.id), shortage);
        out.push(finding);
      }
    }
  }
  return out;
}

/** A finding about missing documents, with the sentences it was made of. */
interface Shortage {
  finding: Finding;
  documents: string[];
  sentences: Violation;
}

function shortageOf(rule: RuleOf, finding: Finding): Shortage | undefined {
  if (!isDocuments(rule) || !finding.documents || finding.code !== rule.violation.code) return undefined;
  return { finding, documents: finding.documents, sentences: rule.violation };
}

const isDocuments = (rule: RuleOf): rule is Documents => rule.template === 'documents';

/** The same sentence names all documents at once; another sentence follows it. */
function join(first: Shortage, second: Shortage): void {
  first.documents = [...new Set([...first.documents, ...second.documents])];
  first.finding.documents = first.documents;
  for (const part of ['message', 'remedy'] as const) {
    const sentence = second.sentences[part];
    if (first.sentences[part] === sentence)
      first.finding[part] = fill(sentence, missingTitles(first.documents));
    else if (!first.finding[part].includes(second.finding[part])) first.finding[part] += second.finding[part];
  }
  speakFor(first.finding, second.finding);
}

/** The first finding names the rules and the place of the second as well. */
function speakFor(first: Finding, second: Finding): void {
  first.rules = [...new Set([...first.rules, ...second.rules])];
  if (first.citation && second.citation && !first.citation.place.includes(second.citation.place))
    first.citation = { ...first.citation, place: `${first.citation.place}、${second.citation.place}` };
}
