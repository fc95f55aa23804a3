import type { Claim, Commission } from '../../decision/verdict.ts';
import type { Severity } from '../../findings/finding.ts';
import type { DecisionOutcome, ReviewDecision } from '../../vocabulary/category.ts';
import type { HistoryLine } from '../../vocabulary/history.ts';

export interface AreaMonth {
  city: string;
  area: string;
  month: string;
}
/** Partition of the index `roster`. */
export const rosterOf = ({ city, area }: Pick<AreaMonth, 'city' | 'area'>): string => `${city}#${area}`;
export const areaMonth = ({ city, area, month }: AreaMonth): string => `${city}#${area}#${month}`;

/** Item of the table `cases`: a person's month in an area, with the last decision and what the views need. */
export interface CaseRecord {
  /** city#area#month: one partition, so that a summary is one consistent query */
  area_month: string;
  case_key: string;
  /** city#person key: the person's months on one line */
  person: string;
  month: string;
  /** city#area: the list of the area's people over the months; absent in cases recorded by earlier programs */
  roster?: string;
  city: string;
  area: string;
  center_number: string | null;
  /** the office that serves the person, by the papers */
  office: string;
  /** whose case it is: one item per owner, so that no owner's papers replace another's */
  owner: string;
  /** its sender is not the office the papers name, nor in charge */
  contested: boolean;
  event: string;
  version: number;
  run: number;
  /** order of the versions: one that was read comes after one that was not */
  rank: string;
  packet: string;
  packet_id: string;
  upload_id: string;
  first_received_at: string;
  received_at: string;
  decided_at: string;
  /** when the first version of the case was decided */
  first_answered_at?: string;
  edition: string;
  insured_number: string | null;
  name: string | null;
  category: string | null;
  /** the category of the month before, where this month is a switch */
  switched_from?: string | null;
  payer: string | null;
  base_units: number | null;
  total_units: number | null;
  /** the fee that is claimed, and what a commissioned office gets; null where the month has none */
  claim: Claim | null;
  commission: Commission | null;
  decision: DecisionOutcome;
  missing_documents: string[];
  /** kinds of the documents of the packet that were read */
  documents?: string[];
  /** 要介護状態区分 of the month, and the last day of the certification (ISO) */
  certification?: string | null;
  cert_valid_to?: string | null;
  /** the last day of the plan (ISO) */
  plan_valid_to?: string | null;
  /** what the month was beside its category: 届出, contracts, monitoring; absent where it is open */
  history_line?: HistoryLine;
  /** count of each finding code in the verdict */
  codes: Record<string, number>;
  /** each finding once by code, severity and rule; absent in cases recorded by earlier programs */
  reasons?: { code: string; severity: Severity; rule: string | null }[];
  /** waivers without which a finding would count */
  waivers?: string[];
  deadlines: { what: string; due: string }[];
  /** papers that had to follow it, have not come and are past their day (ISO); a person may end the wait */
  overdue_papers?: { watch_id: string; what: string; due: string }[];
  /** how many events they are made of: an older state never replaces a newer one */
  overdue_events?: number;
  review_due: string | null;
  /** the owner withdrew it: a mark that counts nowhere, as a superseded one */
  withdrawn_at?: string;
  /** a person has ended the review of this run */
  review_closed?: { at: string; decision: ReviewDecision };
  verdict_key: string;
  verdict_digest: string;
  /** a later version went to another area or month: kept as a mark here, counted there */
  superseded?: boolean;
  /** 完結の日, keep-until and hold, once an operator entered any of them */
  retention?: { completed_on: string | null; keep_until: string | null; hold: boolean; seq: string };
  /** erased after its time: only the numbers are left */
  erased?: boolean;
}
