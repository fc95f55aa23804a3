import { routeOf } from '../../vocabulary/category.ts';
import type { CaseRecord } from '../store/case-record.ts';
import type { PERSON_ATTRIBUTES } from '../store/tables.ts';
import { countedCase, countedCases } from './counted-case.ts';

/** What the index of a person's months holds of a case. */
export type PersonCase = Pick<CaseRecord, 'person' | 'month' | (typeof PERSON_ATTRIBUTES)[number]>;

/** A person's month: the case that counts, and every packet of it. */
export interface PersonMonth {
  month: string;
  area: string;
  office: string;
  category: string | null;
  route: string | null;
  /** the category before, where this month is a switch */
  switched_from: string | null;
  decision: CaseRecord['decision'];
  payer: string | null;
  total_units: number | null;
  certification: string | null;
  cert_valid_to: string | null;
  documents: string[];
  missing_documents: string[];
  notification: NonNullable<CaseRecord['history_line']>['notification'];
  contracts: string[][];
  deadlines: CaseRecord['deadlines'];
  review_due: string | null;
  review_closed: CaseRecord['review_closed'] | null;
  packets: { packet_id: string; event: string; version: number; decision: string; received_at: string }[];
}

/** The months of a person, the newest first. Pure. */
export const personMonths = (cases: PersonCase[]): PersonMonth[] =>
  [...Map.groupBy(cases, ({ month }) => month)]
    .sort(([a], [b]) => (a > b ? -1 : 1))
    .map(([month, all]) => monthOf(month, all));

function monthOf(month: string, cases: PersonCase[]): PersonMonth {
  const counted = countedCases(cases);
  const shown = countedCase(counted);
  const union = (of: (one: PersonCase) => string[]): string[] => [...new Set(counted.flatMap(of))];
  const lines = counted
    .toSorted((a, b) => a.received_at.localeCompare(b.received_at))
    .map((one) => one.history_line);
  return {
    month,
    area: shown.area,
    office: shown.office,
    category: shown.category,
    route: routeOf(shown.category) ?? null,
    switched_from: shown.switched_from ?? null,
    decision: shown.decision,
    payer: shown.payer,
    total_units: shown.total_units,
    certification: shown.certification ?? null,
    cert_valid_to: shown.cert_valid_to ?? null,
    documents: union((one) => one.documents ?? []),
    missing_documents: union((one) => one.missing_documents),
    notification: lines.findLast((line) => line?.notification)?.notification,
    contracts: lines.findLast((line) => line?.contracts)?.contracts ?? [],
    deadlines: shown.deadlines,
    review_due: shown.review_due,
    review_closed: shown.review_closed ?? null,
    packets: cases.map(({ packet_id, event, version, decision, received_at }) => ({
      packet_id,
      event,
      version,
      decision,
      received_at,
    })),
  };
}
