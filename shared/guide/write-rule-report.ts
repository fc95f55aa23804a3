import { type CaseInput, decideCase } from '../decision/decide-case.ts';
import { cityKeys, cityName } from '../profiles/cities.ts';
import type { RuleEntry } from '../rules/entry.ts';
import { loadProfile } from '../rules/profile.ts';
import { GENERATED, page, table } from './markdown.ts';

/** How often the worked cases saw a rule kept, and violated. */
interface Seen {
  kept: number;
  violated: number;
}

/** docs/rule-report.md: who decides each rule, and which rules the worked cases show from both sides. */
export function writeRuleReport(cases: CaseInput[]): string {
  const seen = countOutcomes(cases);
  const keys = [...cityKeys(), 'national'];
  const reports = keys.map((key) => reportOf(key, seen));
  const rows = reports.map((r) => [
    r.name,
    String(r.rules.length),
    ...[r.decided, r.person, r.out, r.lacking].map((ids) => String(ids.length)),
    String(cases.filter((c) => c.rules?.some((id) => r.entries.has(id))).length),
  ]);
  return page(
    '# 規則の報告',
    GENERATED,
    '規則ごとに、誰が決めるか、判断例（`test/cases/`）が「守られている」と「破られている」の両側を示しているかを数えます。目標ではなく、目安です。',
    '「受付が決める」のうち、許可・単位数・集計のように破られることのない規則は、守られている例だけを求めます。',
    table(
      ['', '規則', '受付が決める', '人だけが決める', '対象外', '例が足りない', '判断例'],
      [...rows, total(rows)],
    ),
    ...reports.flatMap((r) => sectionOf(r, seen)),
  );
}

interface Report {
  key: string;
  name: string;
  rules: string[];
  decided: string[];
  person: string[];
  out: string[];
  /** decided rules without a case, or with one side only */
  lacking: string[];
  entries: Map<string, RuleEntry[]>;
}

function reportOf(key: string, seen: Map<string, Seen>): Report {
  const profile = loadProfile(key);
  const entries = new Map<string, RuleEntry[]>();
  for (const rule of profile.rules)
    for (const id of [rule.id, ...rule.also_judges]) entries.set(id, [...(entries.get(id) ?? []), rule]);
  const rules = [...entries.keys()].sort();
  const of = (holds: (entries: RuleEntry[]) => boolean): string[] =>
    rules.filter((id) => holds(entries.get(id)!));
  const decided = of((all) => all.some(decides));
  const person = of((all) => !all.some(decides) && all.some((r) => r.template === 'human'));
  const out = of((all) => all.every((r) => r.template === 'out'));
  const lacking = decided.filter((id) => lacks(seen.get(id), entries.get(id)!) !== '');
  return {
    key,
    name: key === 'national' ? '全国' : cityName(key),
    rules,
    decided,
    person,
    out,
    lacking,
    entries,
  };
}

function sectionOf(report: Report, seen: Map<string, Seen>): (string | string[])[] {
  const row = (id: string): string[] => {
    const entries = report.entries.get(id)!;
    const count = seen.get(id);
    const isDecided = report.decided.includes(id);
    return [
      id,
      [...new Set(entries.map((r) => r.place))].join('、'),
      whoDecides(entries),
      isDecided ? String(count?.kept ?? 0) : '—',
      isDecided && canBreak(entries) ? String(count?.violated ?? 0) : '—',
      isDecided ? lacks(count, entries) : '',
    ];
  };
  return [
    `## ${report.name}`,
    table(['規則', '場所', '誰が決めるか', '守られる例', '破られる例', ''], report.rules.map(row)),
  ];
}

const decides = (rule: RuleEntry): boolean => rule.template !== 'human' && rule.template !== 'out';
const canBreak = (entries: RuleEntry[]): boolean =>
  entries.some(
    (r) =>
      'violation' in r &&
      [r.violation].flat().filter(Boolean).length > 0 &&
      !(r.template === 'documents' && r.items.every((item) => item.optional)),
  );

function whoDecides(entries: RuleEntry[]): string {
  if (entries.every((r) => r.template === 'out')) return '対象外';
  const asks = entries.some((r) => r.checklist);
  return entries.some(decides) ? (asks ? '受付＋人' : '受付') : '人';
}

function lacks(count: Seen | undefined, entries: RuleEntry[]): string {
  if (!count || count.kept + count.violated === 0) return '例がない';
  if (canBreak(entries) && count.violated === 0) return '破られる例がない';
  return count.kept === 0 && !alwaysBreaks(entries) ? '守られる例がない' : '';
}

/** An alert has no kept side of its own: a case in which it does not apply is its other side. */
const alwaysBreaks = (entries: RuleEntry[]): boolean =>
  entries.filter(decides).every((r) => r.template === 'exemption');

/**
 * Counts every evaluated rule of every case. A rule that does not apply counts as kept: for an alert that is the only
 * way it is kept, and for the others the case shows that nothing is reported where nothing is wrong.
 */
function countOutcomes(cases: CaseInput[]): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const c of cases) {
    const decision = decideCase(c);
    const named = new Set(c.rules ?? []);
    const violated = new Set(decision.findings.flatMap((f) => f.rules));
    for (const trace of decision.explanation.rules) if (trace.status === 'violated') violated.add(trace.rule);
    for (const id of named) {
      const count = seen.get(id) ?? { kept: 0, violated: 0 };
      if (violated.has(id)) count.violated++;
      else count.kept++;
      seen.set(id, count);
    }
  }
  return seen;
}

const total = (rows: string[][]): string[] => [
  '計',
  ...rows[0]!.slice(1).map((_, i) => String(rows.reduce((sum, row) => sum + Number(row[i + 1]), 0))),
];
