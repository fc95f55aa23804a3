import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Judged } from '../../rules/judge-rules.ts';
import type { RuleContext } from '../../rules/rule-context.ts';
import type { AddonValue, Contribution, PayerContribution } from '../../rules/rule-result.ts';
import { UNDETERMINED } from '../../rules/templates/payer.ts';
import { BODIES } from '../../vocabulary/category.ts';
import type { Claim, Commission } from '../verdict.ts';

/** Payer, claimant, units and amounts of the month, as the verdict prints them. */
export interface Billing {
  payer: string | null;
  claimant: string | null;
  base_units: number | null;
  total_units: number | null;
  /** what may be claimed: never an office's share of it */
  claim_units: number | null;
  yen: number | null;
  claim: Claim | null;
  commission: Commission | null;
  addons_allowed: string[];
  addons_denied: string[];
  findings: Finding[];
  caveats: string[];
}

/** The claim of the month: payer, claimant and units. */
export function foldClaim(judged: Judged[], context: RuleContext): Billing {
  const payer = judged.findLast(({ result }) => result.contributes.payer)?.result.contributes.payer;
  const { allowed, denied } = answeredAddons(judged, context);
  const units = foldUnits(judged, allowed, context);
  const claim = claimOf(payer, units, context);
  return {
    payer: payer?.payer ?? null,
    claimant: payer?.claimant ?? null,
    ...units,
    claim,
    commission: commissionOf(judged, claim, units, context),
    addons_allowed: allowed,
    addons_denied: denied,
    findings: [
      ...findingsWith(judged, ({ payer }) => payer !== undefined),
      ...deniedFindings(judged),
      ...findingsWith(judged, ({ addons }) => addons !== undefined && 'unfounded' in addons),
    ],
  };
}

/** The fee that is claimed. Of a commissioned month the center claims all of it; a month of 介護予防ケアマネジメント has no claim. */
function claimOf(payer: PayerContribution | undefined, units: Units, { facts }: RuleContext): Claim | null {
  const paidBy = payer?.commission ? payer.commission.claimPayer : payer?.payer;
  if (!payer || !paidBy) return null;
  const price = factValue<number>(facts, 'unit_price');
  return {
    claimant: payer.claimant,
    payer: paidBy,
    base_units: units.base_units,
    units: units.claim_units,
    yen: units.claim_units === null ? null : yenOf(units.claim_units, price),
  };
}

/** What the commissioned office gets: a share of the claim, or the amount of the city. */
function commissionOf(
  judged: Judged[],
  claim: Claim | null,
  { total_units, claim_units, yen }: Units,
  { category }: RuleContext,
): Commission | null {
  const to = category ? BODIES[category].entrusted : null;
  const paid = judged.findLast(({ result }) => result.contributes.payer);
  if (!to || !paid) return null;
  const { payer, commission } = paid.result.contributes.payer!;
  if (!commission) return null;
  const sharing = judged.find(({ result: { contributes } }) => contributes.fee && 'share' in contributes.fee);
  const fee = sharing?.result.contributes.fee;
  const share = fee && 'share' in fee ? fee.share : null;
  return {
    // The share is part of what the claimant gets, so it comes from there unless the city names another payer.
    from: payer === UNDETERMINED && claim?.claimant ? claim.claimant : payer,
    to,
    share,
    units: share !== null && claim_units !== null ? total_units : null,
    yen: claim ? null : yen,
    citation: (sharing ?? paid).rule.citation,
  };
}

const findingsWith = (judged: Judged[], holds: (contribution: Contribution) => boolean): Finding[] =>
  judged.filter(({ result }) => holds(result.contributes)).flatMap(({ result }) => result.findings);

/** A national rule that denies what a rule of the city denies as well adds its id to the finding, and no sentence. */
function deniedFindings(judged: Judged[]): Finding[] {
  const denying = judged.flatMap(({ rule, result: { contributes, findings } }) =>
    contributes.addons && 'denied' in contributes.addons && findings.length > 0
      ? [{ rule, findings, about: `${findings[0]?.code} ${contributes.addons.denied.join()}` }]
      : [],
  );
  const byCity = new Set(denying.filter(({ rule }) => rule.scope === 'city').map(({ about }) => about));
  const isRepeated = ({ rule, about }: (typeof denying)[number]): boolean =>
    rule.scope === 'national' && byCity.has(about);
  const repeated = denying.filter(isRepeated);
  return denying
    .filter((one) => !isRepeated(one))
    .flatMap(({ findings, about }) => {
      const also = repeated.filter((one) => one.about === about).map(({ rule }) => rule.id);
      return findings.map((finding) => ({ ...finding, rules: [...finding.rules, ...also] }));
    });
}

/** Each add-on claimed is denied by any rule that denies it, else allowed by one that allows it. */
function answeredAddons(judged: Judged[], { facts }: RuleContext): { allowed: string[]; denied: string[] } {
  const answers = judged.flatMap(({ result }) => result.contributes.addons ?? []);
  const allowed = new Set(answers.flatMap((a) => ('allowed' in a ? a.allowed : [])));
  const denied = new Set(answers.flatMap((a) => ('denied' in a ? a.denied : [])));
  const claimed = factValue<string[]>(facts, 'addons_claimed') ?? [];
  return { allowed: claimed.filter((a) => allowed.has(a) && !denied.has(a)), denied: [...denied] };
}

type Units = Pick<Billing, 'base_units' | 'total_units' | 'claim_units' | 'yen' | 'caveats'>;

/** An amount in yen where one is paid, else units: base, add-ons and reductions, and the share of commissioned work. */
function foldUnits(judged: Judged[], allowed: string[], { facts }: RuleContext): Units {
  const fees = judged.flatMap(({ result }) => result.contributes.fee ?? []);
  const none: Units = { base_units: null, total_units: null, claim_units: null, yen: null, caveats: [] };
  const amount = fees.find((fee) => 'yen' in fee);
  if (amount) return { ...none, yen: amount.yen };
  const fee = fees.find((f) => 'units' in f);
  if (!fee) return none;
  const values = valuesOf(judged, [...allowed, ...(factValue<string[]>(facts, 'reductions') ?? [])]);
  const units = addUp(fee.units, values);
  const caveats = values.flatMap(({ caveat }) => caveat ?? []);
  const sharing = judged.find(({ result }) => result.contributes.fee && 'share' in result.contributes.fee);
  const counted = { base_units: fee.units, claim_units: units };
  const share = fees.find((f) => 'share' in f)?.share;
  if (sharing && share !== undefined) {
    const total = round1(units * share);
    const { title, place } = sharing.rule.citation;
    const caveat = `${total}単位は委託料の目安（${title} ${place}）で、請求単位数ではありません。端数処理と、加算にも${share}を掛けるかの定めはありません。`;
    return { ...counted, total_units: total, yen: null, caveats: [...caveats, caveat] };
  }
  return {
    ...counted,
    total_units: units,
    yen: yenOf(units, factValue<number>(facts, 'unit_price')),
    caveats: [...caveats, ...(fee.caveat ? [fee.caveat] : [])],
  };
}

/** The value of each add-on and reduction that counts. */
function valuesOf(judged: Judged[], keys: string[]): AddonValue[] {
  const values = judged.flatMap(({ result: { contributes } }) =>
    contributes.addons && 'value' in contributes.addons ? [contributes.addons.value] : [],
  );
  return keys.flatMap((key) => values.find(({ addons }) => addons.includes(key)) ?? []);
}

/**
 * Rounding is the arithmetic of the fee table, the same in every city and month, so it is code.
 * Each rate is rounded half up to a whole unit before the next; rates of the total come last (national-facts a-5).
 */
function addUp(base: number, values: AddonValue[]): number {
  const first = values.filter(({ rateOf }) => rateOf === 'base');
  const last = values.filter(({ rateOf }) => rateOf === 'total');
  const sum = first.reduce((total, v) => total + (v.units ?? roundHalfUp(base * (v.rate ?? 0))), base);
  return last.reduce((total, v) => total + roundHalfUp(total * (v.rate ?? 0)), sum);
}

/** Cut off below one yen. Prices have two decimals: counted in hundredths, no binary fraction loses a yen. */
const yenOf = (units: number, price: number | undefined): number | null =>
  price === undefined ? null : Math.floor((Math.round(price * 100) * units) / 100);

const roundHalfUp = (x: number): number => (x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5));
const round1 = (x: number): number => Math.round(x * 10) / 10;
