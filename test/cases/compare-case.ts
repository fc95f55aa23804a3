import type { Decision } from '../../shared/decision/verdict.ts';

/** What a worked case may expect; keys that are absent are not compared. */
export type Expectation = Partial<Omit<Decision, 'findings' | 'deadlines'>> & {
  findings?: { code: string; severity: string; message?: string }[];
  deadlines?: { what: string; due: string }[];
  /** what must stay open: null, or an empty list */
  none?: ((typeof SCALARS)[number] | (typeof SETS)[number])[];
};

const SCALARS = [
  'decision',
  'category',
  'responsible_body',
  'entrusted_body',
  'claimant',
  'payer',
  'base_units',
  'total_units',
  'yen',
  'notification_required',
  'notification_to',
  'notification_kind',
  'new_contract_required',
] as const;
const SETS = [
  'addons_allowed',
  'addons_denied',
  'required_documents',
  'missing_documents',
  'contract_parties',
  'notification_attachments',
  'optional_documents',
] as const;

/**
 * Differences between a decision and a worked case, in the words of the case; none means it agrees.
 * Scalars where the case gives one, sets where not empty, all findings as pairs of code and severity, deadlines by
 * their ISO due dates.
 */
export function compareCase(actual: Decision, expected: Expectation): string[] {
  const diffs: string[] = [];
  const check = (name: string, got: unknown, want: unknown): void => {
    if (JSON.stringify(got) !== JSON.stringify(want))
      diffs.push(`${name}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
  };
  for (const key of SCALARS)
    if (expected[key] !== undefined && expected[key] !== null) check(key, actual[key], expected[key]);
  for (const key of SETS) {
    const want = expected[key];
    if (want && want.length > 0) check(key, [...actual[key]].sort(), [...want].sort());
  }
  for (const key of expected.none ?? []) check(key, actual[key], SETS.some((set) => set === key) ? [] : null);
  const pairs = (list: { code: string; severity: string }[]): string[] =>
    list.map((f) => `${f.code}/${f.severity}`).sort();
  check('findings', pairs(actual.findings), pairs(expected.findings ?? []));
  const iso = (list: { due: string }[]): string[] =>
    list
      .map((d) => d.due)
      .filter((d) => /^\d{4}-\d{2}-\d{2}$/.test(d))
      .sort();
  if (expected.deadlines?.length) check('deadlines', iso(actual.deadlines), iso(expected.deadlines));
  if (expected.aggregates) check('aggregates', sorted(actual.aggregates), sorted(expected.aggregates));
  return diffs;
}

const sorted = (value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      )
    : value;
