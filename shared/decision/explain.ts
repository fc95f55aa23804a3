import type { Fact } from '../facts/fact.ts';
import type { Rule } from '../rules/profile.ts';
import type { RuleContext, RuleResult } from '../rules/rule-context.ts';
import type { RuleTrace } from '../rules/rule-trace.ts';
import type { Contracts } from '../rules/templates/contract.ts';
import type { Notification } from '../rules/templates/notification.ts';
import type { Bill } from '../rules/templates/units.ts';
import { factLabel } from '../vocabulary/fact-labels.ts';
import type { ExplainedFact, Explanation } from './verdict.ts';

interface Parts {
  context: RuleContext;
  results: Map<Rule, RuleResult>;
  billed: Bill;
  filed: Notification;
  signed: Contracts;
  categoryUsed: string[];
}

/** The facts and rules that led to a decision, and which missing fact would change it. */
export function explain({ context, results, billed, filed, signed, categoryUsed }: Parts): Explanation {
  const traces = [...results].map(([rule, result]): RuleTrace => {
    const status = statusOf(rule, result, { billed, filed, signed });
    // Nobody showed a contract: that one is missing cannot be said.
    const shown =
      rule.template === 'contract' && status === 'cannot_tell' && result.needs.length === 0
        ? ['contracts']
        : undefined;
    return {
      rule: rule.id,
      edition: rule.edition,
      status,
      citation: rule.citation,
      summary: rule.summary,
      used: distinct(result.used, billed.used.get(rule)),
      needs: distinct(result.needs, shown).filter((need) => need !== 'exempt'),
    };
  });
  const spoken = new Set([
    ...categoryUsed,
    'category',
    ...traces.filter((t) => t.status !== 'not_applicable').flatMap((t) => t.used),
  ]);
  return {
    facts: [...context.facts.values()]
      .filter((f) => spoken.has(f.path) && f.state !== 'missing')
      .map((fact) => toExplained(fact, context)),
    rules: traces,
    would_change: waiting(traces, context),
    caveats: [
      ...(context.edition.provisional
        ? [
            `${context.edition.name}の規則は仮の版です。案の段階か、市が確かめる前の資料によります（${context.edition.id}）。`,
          ]
        : []),
      ...billed.caveats,
    ],
  };
}

/** Most rules read one fact or none: a list that cannot repeat itself is taken as it is. */
const distinct = (paths: string[], more: string[] = []): string[] =>
  paths.length + more.length < 2 ? [...paths, ...more] : [...new Set([...paths, ...more])];

/** Rules that are judged together (届出, 契約, 請求) take their status from there. */
function statusOf(
  rule: Rule,
  result: RuleResult,
  parts: { billed: Bill; filed: Notification; signed: Contracts },
): RuleTrace['status'] {
  if (rule.template === 'human') return result.status === 'not_applicable' ? 'not_applicable' : 'checklist';
  if (result.status !== 'satisfied') return result.status;
  if (rule.template === 'notification' && parts.filed.violated.has(rule.id)) return 'violated';
  if (rule.template === 'contract')
    return parts.signed.status.get(`${rule.id}/${rule.part ?? ''}`) ?? 'satisfied';
  if (rule.template === 'fee' || rule.template === 'payer' || rule.template === 'addon') {
    if (parts.billed.violated.has(rule)) return 'violated';
    return parts.billed.used.has(rule) ? 'satisfied' : 'not_applicable';
  }
  return 'satisfied';
}

function waiting(traces: RuleTrace[], context: RuleContext): Explanation['would_change'] {
  const { facts } = context;
  const rules = new Map<string, string[]>();
  for (const trace of traces.filter((t) => t.status === 'cannot_tell')) {
    for (const need of trace.needs) rules.set(need, [...(rules.get(need) ?? []), trace.rule]);
  }
  return [...rules]
    .filter(
      ([fact]) =>
        !facts.has(fact) || facts.get(fact)!.state === 'missing' || facts.get(fact)!.state === 'conflicting',
    )
    .map(([fact, ids]) => ({ fact, label: labelOf(fact, context), rules: [...new Set(ids)] }));
}

/** What the city may settle goes by the sentence of its configuration. */
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
