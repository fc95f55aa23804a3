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
  categoryUsed: readonly string[];
}

/** The facts and rules that led to a decision, and which missing fact would change it. */
export function explain(judged: Judged[], { context, caveats, categoryUsed }: Parts): Explanation {
  const evaluated = context.isWhatIf ? judged.filter(({ isEvaluated }) => isEvaluated) : judged;
  const decisive = new Set(categoryUsed).add('category');
  const needed = new Map<string, string[]>();
  for (const { trace } of evaluated) {
    if (trace.status === 'not_applicable') continue;
    addAll(decisive, trace.used);
    if (trace.status === 'cannot_tell') addNeeds(trace, needed);
  }
  return {
    facts: factsAmong(decisive, context),
    rules: evaluated.map(({ trace }) => trace),
    would_change: missingFacts(needed, context),
    caveats: [...provisional(context), ...caveats],
  };
}

function addAll(all: Set<string>, paths: readonly string[]): void {
  for (let i = 0; i < paths.length; i++) all.add(paths[i]!);
}

/** Rules by each fact they lack. */
function addNeeds({ rule, needs }: RuleTrace, needed: Map<string, string[]>): void {
  for (let i = 0; i < needs.length; i++) {
    const need = needs[i]!;
    const rules = needed.get(need);
    if (!rules) needed.set(need, [rule]);
    else if (!rules.includes(rule)) rules.push(rule);
  }
}

/** The facts on these paths, in the order of the sheet. */
function factsAmong(decisive: Set<string>, context: RuleContext): Explanation['facts'] {
  const facts: Explanation['facts'] = [];
  for (const fact of context.facts.values())
    if (fact.state !== 'missing' && decisive.has(fact.path)) facts.push(toExplained(fact, context));
  return facts;
}

function missingFacts(needed: Map<string, string[]>, context: RuleContext): Explanation['would_change'] {
  const missing: Explanation['would_change'] = [];
  needed.forEach((rules, fact) => {
    if (isOpen(context.facts.get(fact))) missing.push({ fact, label: labelOf(fact, context), rules });
  });
  return missing;
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
