import type { Finding } from '../findings/finding.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { factText } from './fact-text.ts';
import type { ExplainedFact, PacketVerdict } from './verdict.ts';

/** A month of a person beside an earlier one: what a reviewer looks for first. */
export interface MonthComparison {
  facts: FactChange[];
  documents: { kind: string; title: string; before: boolean; now: boolean }[];
  findings: { code: string; rule: string | null; message: string; before: boolean; now: boolean }[];
}

export interface FactChange {
  path: string;
  label: string;
  /** as a clerk reads it; null: not known in that month */
  before: string | null;
  now: string | null;
  is_changed: boolean;
}

/** Everything known in either of two verdicts, in the order of the later one. */
export function compareMonths(before: PacketVerdict, now: PacketVerdict): MonthComparison {
  return {
    facts: compareFacts(before.explanation.facts, now.explanation.facts),
    documents: compareDocuments(before, now),
    findings: compareFindings(before.findings, now.findings),
  };
}

function compareFacts(before: ExplainedFact[], now: ExplainedFact[]): FactChange[] {
  const [left, right] = [byPath(before), byPath(now)];
  return [...new Set([...right.keys(), ...left.keys()])].flatMap((path) => {
    const [old, current] = [factText(left.get(path)), factText(right.get(path))];
    if (old === null && current === null) return [];
    const label = (right.get(path) ?? left.get(path))?.label ?? path;
    return [{ path, label, before: old, now: current, is_changed: old !== current }];
  });
}

const byPath = (facts: ExplainedFact[]): Map<string, ExplainedFact> =>
  new Map(facts.map((fact) => [fact.path, fact]));

function compareDocuments(before: PacketVerdict, now: PacketVerdict): MonthComparison['documents'] {
  const kindsOf = ({ documents }: PacketVerdict) => new Set(documents.flatMap(({ kind }) => kind ?? []));
  const [left, right] = [kindsOf(before), kindsOf(now)];
  return [...new Set([...right, ...left])].map((kind) => ({
    kind,
    title: documentTitle(kind),
    before: left.has(kind),
    now: right.has(kind),
  }));
}

function compareFindings(before: Finding[], now: Finding[]): MonthComparison['findings'] {
  const keyOf = ({ code, rule }: Finding): string => `${code} ${rule ?? ''}`;
  const counted = (all: Finding[]) =>
    new Map(all.filter(({ severity }) => severity !== 'info').map((one) => [keyOf(one), one]));
  const [left, right] = [counted(before), counted(now)];
  return [...new Set([...right.keys(), ...left.keys()])].map((key) => {
    const { code, rule, message } = (right.get(key) ?? left.get(key))!;
    return { code, rule, message, before: left.has(key), now: right.has(key) };
  });
}
