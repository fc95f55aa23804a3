import { addDays } from '../calendar/days.ts';
import { japanDate } from '../calendar/japan-time.ts';
import { claimText, commissionText } from '../decision/billing-text.ts';
import { officeView } from '../decision/office-view.ts';
import type { Claim, Commission, PacketVerdict } from '../decision/verdict.ts';
import { isLost } from '../findings/is-lost.ts';
import type { Contact } from '../registry/registry-schema.ts';
import type { DecisionOutcome } from '../vocabulary/category.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { categoryLabel, cityLabel, eventLabel, payerLabel } from '../vocabulary/labels.ts';
import { type FindingGroup, groupRows } from './group-rows.ts';
import { nextSteps, type ReceiptOf } from './next-steps.ts';

/** 不備通知書, 確認中のお知らせ or 受理通知: the one answer to a packet. Data only; render-notice.ts writes the text. */
export interface Notice {
  notice_id: string;
  /** 文書番号: the receipt number, the packet's number in the upload, and the run where there were several */
  number: string;
  kind: DecisionOutcome;
  /** the desk lost what was received: the office sends it again and corrects nothing */
  is_lost: boolean;
  title: string;
  /** receipt number */
  receipt: string;
  received_at: string;
  issued_at: string;
  packet: string;
  packet_id: string;
  version: number;
  /** the first receipt of this person, month and event; kept over corrections */
  first: ReceiptOf;
  office_number: string | null;
  office_name: string | null;
  /** number of the office that sent it, where that is not the office of the papers */
  sent_by: string | null;
  person: { insured_number: string | null; name: string | null; insurer_number: string | null };
  city: string | null;
  city_name: string;
  area: string | null;
  area_name: string | null;
  center_name: string | null;
  /** where to ask: of the center, else of the city */
  contact: Contact | null;
  service_month: string | null;
  event: string;
  category: string | null;
  category_name: string;
  payer: string | null;
  payer_name: string;
  base_units: number | null;
  total_units: number | null;
  claim: Claim | null;
  commission: Commission | null;
  /** claim and commission in words; null where the month has none */
  claim_text: string | null;
  commission_text: string | null;
  addons_allowed: string[];
  /** what was received, and whether every page and row of it has an outcome */
  received: PacketVerdict['ledger'];
  documents: { file: string; title: string; pages: number; read_by: string }[];
  missing_documents: { key: string; title: string }[];
  findings: FindingGroup[];
  deadlines: { what: string; due: string }[];
  review_due: string | null;
  /** 補正期限; null: the city sets none, or nothing has to be corrected */
  correction_due: string | null;
  /** what the office does now, in sentences */
  next_steps: string[];
  edition: string;
}

/** What the records hold about the packet beside its verdict. */
export interface NoticeContext {
  receipt: string;
  received_at: string;
  issued_at: string;
  number: string;
  version: number;
  first: ReceiptOf;
  /** the packet that still counts, where nothing of this one was read; null: this one counts */
  kept: ReceiptOf | null;
  review_due: string | null;
  /** number of the office that sent it; null: none did */
  sent_by: string | null;
  office_name: string | null;
  area_name: string | null;
  center_name: string | null;
  contact: Contact | null;
  /** days the city gives for a correction; null: it sets none */
  correction_days: number | null;
}

const TITLES: Record<DecisionOutcome, string> = {
  return: '不備通知書',
  review: '確認中のお知らせ',
  accept: '受理通知',
};

const LOST_TITLE = '再送のお願い';

export function composeNotice(whole: PacketVerdict, context: NoticeContext): Notice {
  const verdict = officeView(whole);
  const { receipt, received_at, issued_at, version, first, review_due } = context;
  return {
    notice_id: verdict.packet_id,
    number: context.number,
    kind: verdict.decision,
    is_lost: isLost(verdict),
    title: isLost(verdict) ? LOST_TITLE : TITLES[verdict.decision],
    receipt,
    received_at,
    issued_at,
    packet: verdict.packet,
    packet_id: verdict.packet_id,
    version,
    first,
    office_number: verdict.office_number,
    office_name: context.office_name,
    sent_by: context.sent_by === verdict.office_number ? null : context.sent_by,
    person: {
      insured_number: verdict.insured_number,
      name: verdict.name,
      insurer_number: verdict.insurer_number,
    },
    city: verdict.city,
    city_name: cityLabel(verdict.city),
    area: verdict.area,
    area_name: context.area_name,
    center_name: context.center_name,
    contact: context.contact,
    service_month: verdict.service_month,
    event: eventLabel(verdict.event),
    category: verdict.category,
    category_name: categoryLabel(verdict.category),
    payer: verdict.payer,
    payer_name: payerLabel(verdict.payer),
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    claim: verdict.claim,
    commission: verdict.commission,
    claim_text: verdict.claim && claimText(verdict.claim, verdict.city),
    commission_text: verdict.commission && commissionText(verdict.commission, verdict.city),
    addons_allowed: verdict.addons_allowed,
    received: verdict.ledger,
    documents: verdict.documents.map(({ file, kind, title, pages, read_by }) => ({
      file: withoutFolder(file, verdict.packet),
      title: kind ? documentTitle(kind) : (title ?? '種類の分からない書類'),
      pages,
      read_by,
    })),
    missing_documents: verdict.missing_documents.map((key) => ({ key, title: documentTitle(key) })),
    findings: groupRows(verdict.findings),
    deadlines: verdict.deadlines.map(({ what, due }) => ({ what, due })),
    review_due,
    correction_due: verdict.decision === 'return' ? correctionDue(context) : null,
    next_steps: nextSteps(verdict, review_due, context.kept),
    edition: verdict.edition,
  };
}

const correctionDue = ({ issued_at, correction_days }: NoticeContext): string | null =>
  correction_days === null ? null : addDays(japanDate(issued_at), correction_days);

/** A file without the packet's folder, which the head of the letter names. */
const withoutFolder = (file: string, packet: string): string =>
  file.startsWith(`${packet}/`) ? file.slice(packet.length + 1) : file;
