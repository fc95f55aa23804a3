import { categoryOf } from './customs/common.ts';
import {
  type Dossier,
  documentsIn,
  type ExpectedFinding,
  type Need,
  type Outcome,
  type Verdict,
} from './dossier.ts';

/**
 * The required answer of the desk, from the truth of the month, the contents of the packet and the city's requirements.
 * Independent of the desk's code: the numbers below are printed in the cities' own documents.
 */
export function expectedVerdict(d: Dossier): Verdict {
  const { month: m, cover } = d;
  const category = categoryOf(m.kind, m.route);
  const present = documentsIn(d);
  const { findings, missing } = judgeNeeds(d.needs, present);
  if (d.hasPictures) for (const f of findings) if (f.severity === 'error') f.severity = 'review';
  findings.push(...d.standing);
  // Errors of the office come first; a month without use goes to review when it has no other error.
  const isHidden = category === null && findings.some((f) => f.severity === 'error');
  if (category === null && !isHidden)
    findings.push({ code: 'F_FACT_UNDECIDED', severity: 'review', rule: 'D9' });
  if (category === 'kyotaku') findings.push({ code: 'F_HANDOVER', severity: 'review', rule: 'NOB-R75' });
  // Without new papers a switch from commission to direct provision gives no 初回加算 (いわき市 Q10).
  const groundless = findings.some((f) => f.code === 'F_SHOKAI_NO_NEW_PLAN');
  const claimed = ((cover?.addons_claimed as string[] | undefined) ?? []).filter(
    (a) => !groundless || a !== 'shokai',
  );
  const { base, total } = unitsOf(d.month.city, category, claimed);
  const followed: Verdict = {
    decision: 'accept',
    category,
    payer: payerOf(d.month.city, category),
    base_units: base,
    total_units: total,
    required: [...new Set(d.needs.map((n) => n.document))],
    missing,
    findings: unique(findings),
    tolerated: [...d.tolerated, ...(isHidden ? ['F_FACT_UNDECIDED'] : [])],
    ...d.verdict,
  };
  return { ...followed, decision: d.verdict.decision ?? outcomeOf(followed.findings) };
}

/** The findings and missing documents from the needs of an event and the documents in the packet. */
function judgeNeeds(needs: Need[], present: Set<string>): { findings: ExpectedFinding[]; missing: string[] } {
  const findings: ExpectedFinding[] = [];
  const missing: string[] = [];
  for (const need of needs) {
    if (need.beside && !present.has(need.beside)) continue;
    if (present.has(need.document) || need.or?.some((key) => present.has(key))) continue;
    // The card accompanies a 届出; without a 届出 only the 届出 is required.
    if (need.document === 'hihokenshasho' && need.rule === 'MIT-R10' && !present.has('todoke')) continue;
    const listed = need.listed === undefined ? need.document : need.listed;
    if (listed) missing.push(listed);
    const { code, severity, rule } = need.instead && present.has(need.instead.document) ? need.instead : need;
    findings.push({ code, severity, rule });
  }
  return { findings, missing: [...new Set(missing)] };
}

function outcomeOf(findings: ExpectedFinding[]): Outcome {
  if (findings.some((f) => f.severity === 'error')) return 'return';
  return findings.length > 0 ? 'review' : 'accept';
}

/** いわき市 Q8: 442 for the center and its commissions, 472 for a designated office; 介護予防ケアマネジメント has no printed fee. */
function unitsOf(
  city: string,
  category: string | null,
  addons: string[],
): { base: number | null; total: number | null } {
  const base = category === 'yobo_shien_direct' ? 472 : category?.startsWith('yobo_shien') ? 442 : null;
  if (base === null) return { base, total: null };
  let total: number = base;
  if (addons.includes('shokai')) total += 300;
  if (addons.includes('tokubetsu_chiiki')) total += Math.round(base * 0.15);
  // 442単位×0.9 is the share of a commissioned office as いわき市 prints it, not rounded.
  return {
    base,
    total: city === 'iwaki' && category === 'yobo_shien_itaku' ? Math.round(total * 9) / 10 : total,
  };
}

/** Only 水戸市 prints the payer of 介護予防ケアマネジメント; no city prints the payer of a commissioned office. */
function payerOf(city: string, category: string | null): string | null {
  switch (category) {
    case null:
    case 'kyotaku':
      return null;
    case 'yobo_shien_direct':
    case 'yobo_shien_center':
      return 'kokuhoren';
    case 'yobo_cm_itaku':
      return city === 'mito' ? 'mito_city' : 'undetermined';
    default:
      return 'undetermined';
  }
}

const WORST: ExpectedFinding['severity'][] = ['review', 'warn', 'error'];

/** One finding per code, the most severe. */
const unique = (findings: ExpectedFinding[]): ExpectedFinding[] => [
  ...new Map(
    [...findings]
      .sort((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity))
      .map((f) => [f.code, f]),
  ).values(),
];
