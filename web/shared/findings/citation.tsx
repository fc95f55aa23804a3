import type { Citation as CitationOfLaw } from '../../../shared/findings/finding.ts';

/** Where a rule is written. `title` names the document, `place` the article, question or heading. */
export function Citation({ citation, rules }: { citation: CitationOfLaw; rules: readonly string[] }) {
  return (
    <cite className="citation">
      {citation.title} {citation.place}
      {rules.length > 0 && <span className="rule-ids">（{rules.join('、')}）</span>}
    </cite>
  );
}
