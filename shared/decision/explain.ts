import type { Fact } from '../facts/fact.ts';
import type { Judged } from '../rules/judge-rules.ts';
import type { RuleContext } from '../rules/rule-context.ts';
import type { RuleTrace } from '../rules/rule-result.ts';
import { factLabel } from '../vocabulary/fact-labels.ts';
import type { ExplainedFact, Explanation } from './verdict.ts';

interface Parts {
  context: RuleContext;
  caveats: string[];
  /** facts the category was read from */
  categoryUsed: string[];
}

/** The facts and rules that led to a decision, and which missing fact would change it. */
export function explain(judged: Judged[], { context, caveats, categoryUsed }: Parts): Explanation {
  const evaluated = judged.filter(({ isEvaluated }) => isEvaluated);
  const traces = evaluated.map(({ trace }) => trace);
  return {
    facts: decisiveFacts(traces, categoryUsed, context),
    rules: traces,
    would_change: missingFacts(traces, context),
    caveats: [...provisional(context), ...caveats],
  };
}

/** The facts that led to it, in the order of the sheet. */
function decisiveFacts(
  traces: RuleTrace[],
  categoryUsed: string[],
  context: RuleContext,
): Explanation['facts'] {
  const decisive = new Set(categoryUsed).add('category');
  for (const { status, used } of traces)
    if (status !== 'not_applicable') for (const path of used) decisive.add(path);
  const facts: Explanation['facts'] = [];
  for (const fact of context.facts.values())
    if (fact.state !== 'missing' && decisive.has(fact.path)) facts.push(toExplained(fact, context));
  return facts;
}

function missingFacts(traces: RuleTrace[], context: RuleContext): Explanation['would_change'] {
  const rules = new Map<string, Set<string>>();
  for (const { status, rule, needs } of traces) {
    if (status !== 'cannot_tell') continue;
    for (const need of needs) {
      const ids = rules.get(need);
      if (ids) ids.add(rule);
      else if (isOpen(context.facts.get(need))) rules.set(need, new Set([rule]));
    }
  }
  return [...rules].map(([fact, ids]) => ({ fact, label: labelOf(fact, context), rules: [...ids] }));
}

/** A list of earlier months is open as long as one month of it is not known. */
const isOpen = (fact: Fact | undefined): boolean =>
  fact === undefined || fact.path === 'history' || fact.state === 'missing' || fact.state === 'conflicting';

const provisional = ({ edition }: RuleContext): string[] =>
  edition.provisional
    ? [`${edition.name}の規則は仮の版です。案の段階か、市が確かめる前の資料によります（${edition.id}）。`]
    : [];

/** What the city may settle is named by the sentence of its configuration. */
const labelOf = (path: string, { edition }: RuleContext): string =>
  path.startsWith('config.')
    ? `市の設定「${edition.configuration[path.slice(7)]?.summary ?? path}」`
    : factLabel(path);

function toExplained({ path, state, value, evidence, reason }: Fact, context: RuleContext): ExplainedFact {
  const explained: ExplainedFact = { path, label: labelOf(path, context), state, value, evidence };
  if (reason) explained.reason = reason;
  return explained;
}
