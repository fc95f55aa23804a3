import { eraText } from '../calendar/wareki.ts';
import type { Finding } from '../findings/finding.ts';
import { loadProfile } from '../rules/profile.ts';
import { type Waiver, whyNotWaivable } from '../rules/waiver.ts';

/**
 * A finding of a rule that the city has waived stays as a note that names the waiver. One that covers several rules counts
 * until all of them are waived, and a rule that may not be waived always counts, whatever is recorded.
 */
export function weighWaivers(findings: Finding[], waivers: Waiver[], profiles?: string): Finding[] {
  const waived = new Map(
    waivers
      .filter(({ city, rule }) => whyNotWaivable(city, rule, profiles) === null)
      .flatMap((waiver) => judgedWith(waiver, profiles).map((rule) => [rule, waiver] as const)),
  );
  if (waived.size === 0) return findings;
  return findings.map((finding) => {
    const rules = [...new Set([finding.rule ?? '', ...finding.rules])];
    const used = rules.flatMap((rule) => waived.get(rule) ?? []);
    if (finding.severity === 'info' || used.length < rules.length) return finding;
    return asNote(finding, [...new Set(used)]);
  });
}

/** The rule, and those its entries judge with it. */
const judgedWith = ({ city, rule }: Waiver, profiles?: string): string[] => [
  rule,
  ...loadProfile(city, profiles)
    .rules.filter(({ id }) => id === rule)
    .flatMap(({ also_judges }) => also_judges),
];

function asNote(finding: Finding, used: Waiver[]): Finding {
  const until = used.map((one) => one.until).sort()[0]!;
  return {
    ...finding,
    severity: 'info',
    waived: used.map(({ id }) => id),
    message: `${finding.message}市がこの決まりを${eraText(until)}まで免除しているため、不備とはしません（免除 ${used.map(({ id }) => id).join('、')}）。`,
    remedy: '対応は不要です。免除の期間が過ぎてから届く書類には、この決まりが当てはまります。',
  };
}
