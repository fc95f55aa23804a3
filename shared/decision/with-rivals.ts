import type { Fact, FactSheet } from '../facts/fact.ts';
import { groupFindings } from '../findings/group-findings.ts';
import type { Registry } from '../registry/registry.ts';
import { factsReadBy } from '../rules/facts-read.ts';
import { editionOn } from '../rules/profile.ts';
import type { RecordedMonth } from '../vocabulary/history.ts';
import { decide } from './decide.ts';
import type { Claimant } from './decision-context.ts';
import { laterMonthNotes } from './later-months.ts';
import { isAboutOthers } from './office-view.ts';
import { putOtherSenders } from './other-senders.ts';
import { outcomeOf } from './outcome.ts';
import type { PacketVerdict } from './verdict.ts';

/**
 * A verdict with what the rules find about other offices that sent papers of the same month since it was decided. Nothing
 * else in it is decided again. Null: they find nothing, or the verdict holds it already.
 * @param office the office the papers are of, by the papers or by the sender
 */
export function withRivals(
  verdict: PacketVerdict,
  office: string | null,
  claimants: Claimant[],
  registries: Registry[],
): PacketVerdict | null {
  const { city, service_month } = verdict;
  if (!city || !service_month) return null;
  const facts: FactSheet = new Map([
    known('service_month', service_month),
    ...(verdict.category ? [known('category', verdict.category)] : []),
  ]);
  putOtherSenders(facts, office, claimants, registries);
  if (!facts.has('other_senders')) return null;
  const { findings: found, explanation } = decide(facts, city, { rules: rulesOnRivals(city, service_month) });
  const isNew = found.some(
    ({ rule, message }) => !verdict.findings.some((f) => f.rule === rule && f.message === message),
  );
  if (!isNew) return null;
  const judged = new Set(explanation.rules.map(({ rule }) => rule));
  // Facts of the papers keep their place and their evidence: a change in them would tell the office of the other.
  const ofPapers = verdict.explanation.facts.filter(({ path }) => !isAboutOthers(path));
  const others = verdict.findings.filter(({ rule }) => rule === null || !judged.has(rule));
  const findings = groupFindings([...others, ...found]);
  return {
    ...verdict,
    findings,
    decision: outcomeOf(findings),
    explanation: {
      ...verdict.explanation,
      facts: [...ofPapers, ...explanation.facts.filter(({ path }) => isAboutOthers(path))],
      rules: verdict.explanation.rules.map(
        (trace) => explanation.rules.find(({ rule }) => rule === trace.rule) ?? trace,
      ),
    },
  };
}

/**
 * A verdict with the notes on later months that were decided at the same time. Nothing else in it is decided again. Null:
 * there are none, or it holds them already.
 */
export function withLaterMonths(verdict: PacketVerdict, later: RecordedMonth[]): PacketVerdict | null {
  const notes = laterMonthNotes({ identity: { month: { value: verdict.service_month } }, later }, verdict);
  const added = notes.filter(({ message }) => !verdict.findings.some((one) => one.message === message));
  if (added.length === 0) return null;
  const findings = groupFindings([...verdict.findings, ...added]);
  return { ...verdict, findings, decision: outcomeOf(findings) };
}

const known = (path: string, value: string): [string, Fact] => [
  path,
  { path, state: 'known', value, evidence: [] },
];

const rulesOnRivals = (city: string, month: string): string[] =>
  editionOn(city, month)
    .rules.filter((rule) => factsReadBy(rule).includes('rival_offices'))
    .map(({ id }) => id);
