import type { Evidence, FactState } from '../facts/fact.ts';
import type { Citation, Finding } from '../findings/finding.ts';
import type { SplitFile } from '../packet/packet.ts';
import type { WithdrawnReading } from '../packet/withdrawn.ts';
import type { ChecklistLine, Deadline, Involvement, RuleTrace, Watch } from '../rules/rule-result.ts';
import type { Category, DecisionOutcome } from '../vocabulary/category.ts';
import type { ReadBy } from '../vocabulary/document-kinds.ts';
import type { HistoryLine } from '../vocabulary/history.ts';

export interface ExplainedFact {
  path: string;
  label: string;
  state: FactState;
  value: unknown;
  evidence: Evidence[];
  reason?: string;
}

export interface Explanation {
  facts: ExplainedFact[];
  rules: RuleTrace[];
  /** missing facts that would change the verdict, with the rules that wait for them */
  would_change: { fact: string; label: string; rules: string[] }[];
  /** values of the profiles used that are graded C or not confirmed, or readings taken by configuration */
  caveats: string[];
}

/** The claim of the month's fee: claimant, payer and units. */
export interface Claim {
  claimant: string | null;
  payer: string | null;
  base_units: number | null;
  /** with add-ons and reductions; never a share of it */
  units: number | null;
  /** null without the price of a unit */
  yen: number | null;
}

/** What a commissioned office gets for its work. It is not claimed of 国保連. */
export interface Commission {
  /** who pays it; `undetermined` where no source names the payer */
  from: string;
  to: string;
  /** part of the claim's units; null where the city sets an amount, or the source gives neither */
  share: number | null;
  /** a guide, not rounded and not claimed: share × units of the claim */
  units: number | null;
  /** amount the city sets, in yen */
  yen: number | null;
  /** the rule that gives share, amount or payer */
  citation: Citation;
}

/** What the rules decide of one packet's facts. */
export interface Decision {
  decision: DecisionOutcome;
  category: Category | null;
  responsible_body: string | null;
  entrusted_body: string | null;
  claimant: string | null;
  payer: string | null;
  base_units: number | null;
  total_units: number | null;
  yen: number | null;
  /** null in a month whose fee is not claimed: 介護予防ケアマネジメント, a month that is withheld or not permitted */
  claim: Claim | null;
  /** null unless an office works by commission */
  commission: Commission | null;
  addons_allowed: string[];
  addons_denied: string[];
  required_documents: string[];
  optional_documents: string[];
  missing_documents: string[];
  notification_required: boolean | null;
  notification_form: string | null;
  notification_kind: string | null;
  notification_to: string | null;
  notification_attachments: string[];
  contract_parties: string[];
  new_contract_required: boolean | null;
  deadlines: Deadline[];
  findings: Finding[];
  aggregates: Record<string, Record<string, number>> | null;
  /** papers that must come after these, each by its day */
  watches_opened: Watch[];
  /** watches these papers close, by rule and part */
  watches_closed: string[];
  /** the reviewer's checklist: rules only a person can decide */
  checklist: ChecklistLine[];
  /** why the 包括 gets a review item even when the packet is accepted (関与), with its due date */
  involvement: Involvement | null;
  edition: string;
  provisional: boolean;
  explanation: Explanation;
}

/** Every file, page and row of a packet, and what became of it. Closed when each has exactly one outcome. */
export interface Ledger {
  /** entries of the upload it accounts for; of a stack of papers that was split, one part alone has the file */
  entries?: number;
  files: number;
  pages: number;
  rows: number;
  /** true when every file, page and row ended in exactly one outcome */
  accounted: boolean;
  outcomes: Record<string, { files: number; pages: number; rows: number }>;
}

/** One packet, decided: what `check --json` prints, what the records keep and what the messages are written from. */
export interface PacketVerdict extends Omit<Decision, 'explanation'> {
  packet: string;
  /** owner + digest of contents */
  packet_id: string;
  digest: string;
  city: string | null;
  area: string | null;
  /** number of the 地域包括支援センター in charge */
  center_number: string | null;
  /** the area of the person's address, where every address is of another center than the one in charge */
  home_area?: string | undefined;
  insurer_number: string | null;
  insured_number: string | null;
  name: string | null;
  office_number: string | null;
  service_month: string | null;
  event: string | null;
  /** the category of the month before, where this month is a switch to another; absent in other months */
  switched_from?: string;
  /** at least one document was read: an empty packet or an unread picture replaces nothing */
  is_read: boolean;
  documents: {
    file: string;
    kind: string | null;
    read_by: ReadBy;
    /** how many of the pages hold a picture that is not read yet */
    unread_pages?: number;
    pages: number;
    /** from 1: where its pages begin in the file; absent where it has none */
    first_page?: number;
    title: string | null;
    /** sha256 of the file, hex */
    digest?: string;
  }[];
  /** of a packet that is no folder of its upload: its files, and which part of each it has */
  files?: SplitFile[];
  ledger: Ledger;
  /** what the records keep of the month for the months after it; absent where person or month is open */
  history_line?: HistoryLine;
  /** files that carry a 個人番号 and may be kept nowhere; absent where there are none */
  withdrawn?: (WithdrawnReading & { digest: string })[];
  explanation: Explanation;
}
