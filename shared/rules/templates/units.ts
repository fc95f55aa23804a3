import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { Rule } from '../profile.ts';
import { cityConfig, findingOf, type RuleContext, type RuleOf } from '../rule-context.ts';

export interface Bill {
  payer: string | null;
  claimant: string | null;
  base_units: number | null;
  total_units: number | null;
  /** what may be claimed: never an office's share of it */
  claim_units: number | null;
  yen: number | null;
  addons_allowed: string[];
  addons_denied: string[];
  findings: Finding[];
  caveats: string[];
  /** entries that had something to say about this month, with the facts they read; the others do not apply */
  used: Map<Rule, string[]>;
  violated: Set<Rule>;
}

const rulesOf = <T extends 'fee' | 'payer' | 'addon'>(context: RuleContext, template: T): RuleOf<T>[] =>
  context.edition.rules.filter(
    (r): r is RuleOf<T> => r.template === template && context.holds(r).truth === true,
  );

/**
 * What is billed for the month, to whom and how many units.
 * Units: each ratio is rounded half up to a whole unit before going on; yen: cut off below one (national-facts a-5).
 */
export function bill(context: RuleContext, category: Category | null): Bill {
  const result: Bill = {
    payer: null,
    claimant: null,
    base_units: null,
    total_units: null,
    claim_units: null,
    yen: null,
    addons_allowed: [],
    addons_denied: [],
    findings: [],
    caveats: [],
    used: new Map(),
    violated: new Set(),
  };
  if (category === 'not_permitted' || category === 'kyotaku') return result;
  // An add-on may be refused for the route or the event alone; a payer and a fee need the category.
  if (category) setPayer(context, category, result);
  const addons = judgeAddons(context, result);
  if (category) setUnits(context, category, addons, result);
  return result;
}

function setPayer(context: RuleContext, category: Category, result: Bill): void {
  // The last entry wins: national first, then the city's own.
  const rules = rulesOf(context, 'payer').filter((r) => r.category.includes(category));
  const rule = rules.at(-1);
  if (!rule) return;
  result.payer = rule.payer.startsWith('config.')
    ? (cityConfig<string>(context.edition, rule.payer) ?? UNSETTLED)
    : rule.payer;
  result.claimant = rule.claimant;
  result.used.set(rule, ['category']);
  for (const judge of rules.filter((r) => r.violation && context.isEvaluated(r))) {
    result.used.set(judge, ['category', 'flags.claimed_payer', 'flags.claimant']);
    const claimedTo = factValue<string>(context.facts, 'flags.claimed_payer');
    const claimedBy = factValue<string>(context.facts, 'flags.claimant');
    const wrongPayer = claimedTo !== undefined && claimedTo !== judge.payer;
    const wrongClaimant = claimedBy !== undefined && judge.claimant !== null && claimedBy !== judge.claimant;
    if (!wrongPayer && !wrongClaimant) continue;
    const about = [wrongPayer ? 'flags.claimed_payer' : 'flags.claimant'];
    result.findings.push(findingOf(judge, judge.violation!, context, about));
    result.violated.add(judge);
    return;
  }
}

/** The source names no payer and the city has not settled it. */
const UNSETTLED = 'undetermined';

/** Each add-on claimed: denied by any rule that denies it, else allowed by one that allows it. */
function judgeAddons(context: RuleContext, result: Bill): string[] {
  const claimed = factValue<string[]>(context.facts, 'addons_claimed') ?? [];
  const rules = rulesOf(context, 'addon').filter((r) => context.isEvaluated(r));
  const denied = new Set<string>();
  const say = (rule: RuleOf<'addon'>, hit: string[]): void => {
    const values = { addon: hit.map((a) => context.edition.names[a] ?? a).join('・') };
    result.violated.add(rule);
    result.findings.push(findingOf(rule, rule.violation!, context, ['addons_claimed'], values));
  };
  for (const rule of rules.filter((r) => r.verdict === 'deny')) {
    const hit = rule.addons.filter((a) => claimed.includes(a));
    // What is claimed is answered; where none of them is claimed, the office is told what would be refused.
    for (const addon of rule.always_shown && hit.length === 0 ? rule.addons : hit) denied.add(addon);
    result.used.set(rule, ['addons_claimed']);
    if (hit.length > 0 && rule.violation) say(rule, hit);
  }
  const allowed = claimed.filter((addon) => {
    const by = rules.filter((r) => r.verdict === 'allow' && r.addons.includes(addon));
    for (const rule of by) result.used.set(rule, ['addons_claimed']);
    return !denied.has(addon) && by.length > 0;
  });
  const open = claimed.filter((a) => !allowed.includes(a) && !denied.has(a));
  for (const rule of rules.filter((r) => r.verdict === 'unfounded')) {
    const hit = open.filter((a) => rule.addons.includes(a));
    result.used.set(rule, ['addons_claimed']);
    if (hit.length > 0 && rule.violation) say(rule, hit);
  }
  result.addons_allowed = allowed;
  result.addons_denied = [...denied];
  return allowed;
}

function setUnits(context: RuleContext, category: Category, addons: string[], result: Bill): void {
  // An edition is chosen by the service month; without a month there is no fee to name.
  if (!context.month) return;
  const fees = rulesOf(context, 'fee').filter((r) => r.category.includes(category));
  const paid = fees.find((r) => r.yen !== undefined);
  if (paid) {
    result.used.set(paid, ['category', 'service_month']);
    const amount = typeof paid.yen === 'string' ? cityConfig<number>(context.edition, paid.yen) : paid.yen;
    result.yen = amount ?? null;
    return;
  }
  const fee = fees.find((r) => r.units !== undefined);
  if (!fee) return;
  const base = fee.units!;
  result.base_units = base;
  for (const same of fees.filter((r) => r.units === base))
    result.used.set(same, ['category', 'service_month']);
  const values = rulesOf(context, 'addon').filter((r) => r.verdict === 'value');
  const valueFor = (key: string): RuleOf<'addon'> | undefined => values.find((r) => r.addons.includes(key));
  let units = base;
  const afterAll: RuleOf<'addon'>[] = [];
  for (const key of [...addons, ...(factValue<string[]>(context.facts, 'reductions') ?? [])]) {
    const value = valueFor(key);
    if (!value) continue;
    result.used.set(value, ['addons_claimed', 'reductions']);
    note(value, result);
    if (value.part === 'after_all') afterAll.push(value);
    else units += value.units ?? roundHalfUp(base * (value.rate ?? 0));
  }
  for (const value of afterAll) units += roundHalfUp(units * (value.rate ?? 0));
  result.claim_units = units;
  // A what-if that names fee rules is answered by those; one that names none, by all of them.
  const asked = fees.filter((r) => context.isEvaluated(r));
  const share = (asked.length > 0 ? asked : fees).find((r) => r.share !== undefined);
  result.total_units = share ? round1(units * share.share!) : units;
  if (share) {
    result.used.set(share, ['category']);
    result.caveats.push(
      `${result.total_units}単位は委託料の目安（${share.citation.title} ${share.place}）で、請求単位数ではありません。端数処理と、加算にも${share.share}を掛けるかの定めはありません。`,
    );
    return;
  }
  const price = factValue<number>(context.facts, 'unit_price');
  // Prices have two decimals: count in hundredths so that no binary fraction loses a yen.
  if (price !== undefined) result.yen = Math.floor((Math.round(price * 100) * units) / 100);
  note(fee, result);
}

function note(rule: RuleOf<'fee'> | RuleOf<'addon'>, result: Bill): void {
  if (rule.grade === 'C' || rule.grade === 'unconfirmed') {
    result.caveats.push(
      `${rule.summary}（${rule.citation.title} ${rule.place}）は公式の資料で確認できていない値です。`,
    );
  }
}

const roundHalfUp = (x: number): number => (x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5));
const round1 = (x: number): number => Math.round(x * 10) / 10;
