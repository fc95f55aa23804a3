import type { Finding } from '../findings/finding.ts';
import type { RuleEntry } from '../rules/entry.ts';
import type { RuleTrace } from '../rules/rule-result.ts';
import { VALUE_FIELDS } from './empty-decision.ts';
import type { PacketVerdict } from './verdict.ts';

/** What changes in one verdict when the rules change. */
export interface VerdictChange {
  packet: string;
  city: string | null;
  service_month: string | null;
  fields: { field: string; before: unknown; after: unknown }[];
  findings: { added: Finding[]; removed: Finding[]; reworded: { before: Finding; after: Finding }[] };
  /** why: rules whose status differs, or whose data was changed and that apply in this verdict */
  rules: { rule: string; summary: string; before: Status; after: Status; entry: EntryChange }[];
}
export type Status = RuleTrace['status'] | 'absent';
export type EntryChange = 'same' | 'changed' | 'added' | 'removed';

/** The differences between two verdicts on the same packet; null: no difference. */
export function compareVerdicts(
  before: PacketVerdict,
  after: PacketVerdict,
  entries: Map<string, EntryChange>,
): VerdictChange | null {
  const fields = VALUE_FIELDS.filter((f) => text(before[f]) !== text(after[f])).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
  const findings = compareFindings(before.findings, after.findings);
  const { added, removed, reworded } = findings;
  if (fields.length + added.length + removed.length + reworded.length === 0) return null;
  const { packet, city, service_month } = after;
  const rules = compareRules(before.explanation.rules, after.explanation.rules, entries);
  return { packet, city, service_month, fields, findings, rules };
}

const text = (value: unknown): string => JSON.stringify(value) ?? '';

function compareFindings(before: Finding[], after: Finding[]): VerdictChange['findings'] {
  const key = (f: Finding): string => text([f.code, f.severity, f.rule, f.where, f.documents]);
  const left = new Map(before.map((f) => [key(f), f]));
  const right = new Map(after.map((f) => [key(f), f]));
  const wording = (f: Finding): string => text([f.message, f.remedy, f.citation]);
  return {
    added: after.filter((f) => !left.has(key(f))),
    removed: before.filter((f) => !right.has(key(f))),
    reworded: after.flatMap((f) => {
      const old = left.get(key(f));
      return old && wording(old) !== wording(f) ? [{ before: old, after: f }] : [];
    }),
  };
}

const APPLIED: Status[] = ['satisfied', 'violated', 'checklist'];

function compareRules(
  before: RuleTrace[],
  after: RuleTrace[],
  entries: Map<string, EntryChange>,
): VerdictChange['rules'] {
  const ids = [...new Set([...before, ...after].map((t) => t.rule))];
  return ids.flatMap((rule) => {
    const [old, now] = [statusOf(before, rule), statusOf(after, rule)];
    const entry = entries.get(rule) ?? 'same';
    const isApplied = APPLIED.includes(old) || APPLIED.includes(now);
    if (old === now && (entry === 'same' || !isApplied)) return [];
    const trace = after.find((t) => t.rule === rule) ?? before.find((t) => t.rule === rule);
    return [{ rule, summary: trace?.summary ?? '', before: old, after: now, entry }];
  });
}

/** A rule of several entries has the gravest status of them. */
function statusOf(traces: RuleTrace[], rule: string): Status {
  const order: Status[] = ['violated', 'checklist', 'satisfied', 'cannot_tell', 'not_applicable'];
  const own = traces.filter((t) => t.rule === rule).map((t) => t.status);
  return order.find((status) => own.includes(status as RuleTrace['status'])) ?? 'absent';
}

/** Rules whose data differ between two profiles of the same city. */
export function compareEntries(before: RuleEntry[], after: RuleEntry[]): Map<string, EntryChange> {
  const byId = (rules: RuleEntry[]): Map<string, string> => {
    const all = new Map<string, string>();
    for (const r of rules) all.set(r.id, `${all.get(r.id) ?? ''}${text(r)}`);
    return all;
  };
  const [left, right] = [byId(before), byId(after)];
  const changes = new Map<string, EntryChange>();
  for (const id of new Set([...left.keys(), ...right.keys()])) {
    if (left.get(id) === right.get(id)) continue;
    changes.set(id, !left.has(id) ? 'added' : !right.has(id) ? 'removed' : 'changed');
  }
  return changes;
}
