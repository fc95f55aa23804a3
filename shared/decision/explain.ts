import type { Fact } from '../facts/fact.ts';
import type { Judged } from '../rules/judge-rules.ts';
import type { RuleContext } from '../rules/rule-context.ts';
import { factLabel } from '../vocabulary/fact-labels.ts';
import type { ExplainedFact, Explanation, RuleTrace } from './verdict.ts';

interface Parts {
  context: RuleContext;
  caveats: string[];
  /** facts the category was read from */
  categoryUsed: string[];
}

/** The facts and rules that led to a decision, and which missing fact would change it. */
export function explain(judged: Judged[], { context, caveats, categoryUsed }: Parts): Explanation {
  const traces = judged.filter(({ isEvaluated }) => isEvaluated).map(traceOf);
  const decisive = new Set([
    ...categoryUsed,
    'category',
    ...traces.filter((t) => t.status !== 'not_applicable').flatMap((t) => t.used),
  ]);
  return {
    facts: [...context.facts.values()]
      .filter((f) => decisive.has(f.path) && f.state !== 'missing')
      .map((fact) => toExplained(fact, context)),
    rules: traces,
    would_change: missingFacts(traces, context),
    caveats: [...provisional(context), ...caveats],
  };
}

/** A rule another one switches off does not apply. */
const traceOf = ({ rule, result }: Judged): RuleTrace => ({
  rule: rule.id,
  edition: rule.edition,
  status: result.status === 'exempt' ? 'not_applicable' : result.status,
  citation: rule.citation,
  summary: rule.summary,
  used: distinct(result.used),
  needs: distinct(result.needs),
});

/** Most rules read one fact or none: a list that cannot repeat itself is taken as it is. */
const distinct = (paths: string[]): string[] => (paths.length < 2 ? paths : [...new Set(paths)]);

function missingFacts(traces: RuleTrace[], context: RuleContext): Explanation['would_change'] {
  const rules = new Map<string, Set<string>>();
  for (const { rule, needs } of traces.filter((t) => t.status === 'cannot_tell'))
    for (const need of needs) rules.set(need, (rules.get(need) ?? new Set()).add(rule));
  return [...rules]
    .filter(([path]) => isOpen(context.facts.get(path)))
    .map(([fact, ids]) => ({ fact, label: labelOf(fact, context), rules: [...ids] }));
}

const isOpen = (fact: Fact | undefined): boolean =>
  fact === undefined || fact.state === 'missing' || fact.state === 'conflicting';

const provisional = ({ edition }: RuleContext): string[] =>
  edition.provisional
    ? [`${edition.name}の規則は仮の版です。案の段階か、市が確かめる前の資料によります（${edition.id}）。`]
    : [];

/** What the city may settle is named by the sentence of its configuration. */
const labelOf = (path: string, { edition }: RuleContext): string =>
  path.startsWith('config.')
    ? `市の設定「${edition.configuration[path.slice(7)]?.summary ?? path}」`
    : factLabel(path);

const toExplained = (
  { path, state, value, evidence, reason }: Fact,
  context: RuleContext,
): ExplainedFact => ({
  path,
  label: labelOf(path, context),
  state,
  value,
  evidence,
  ...(reason && { reason }),
});
