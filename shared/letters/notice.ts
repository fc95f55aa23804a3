import type { PacketVerdict } from '../decision/verdict.ts';
import type { Citation, Finding, Severity, Where } from '../findings/finding.ts';
import type { DecisionOutcome } from '../vocabulary/category.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { categoryLabel, cityLabel, eventLabel, payerLabel } from '../vocabulary/labels.ts';
import { SEVERITY_NAMES } from '../vocabulary/names.ts';

/** 不備通知書, 確認中のお知らせ or 受理通知: the desk's one answer to a packet. Made of data only; the text is rendered from it. */
export interface Notice {
  notice_id: string;
  kind: DecisionOutcome;
  title: string;
  /** receipt number */
  receipt: string;
  received_at: string;
  issued_at: string;
  packet: string;
  packet_id: string;
  version: number;
  /** the first receipt of this person, month and event; kept over corrections */
  first: { receipt: string; received_at: string };
  office_number: string | null;
  office_name: string | null;
  person: { insured_number: string | null; name: string | null; insurer_number: string | null };
  city: string | null;
  city_name: string;
  area: string | null;
  area_name: string | null;
  center_name: string | null;
  service_month: string | null;
  event: string;
  category: string | null;
  category_name: string;
  payer: string | null;
  payer_name: string;
  base_units: number | null;
  total_units: number | null;
  addons_allowed: string[];
  /** what was received, and that every page and row of it was dealt with */
  received: PacketVerdict['ledger'];
  documents: { file: string; title: string; pages: number; read_by: string }[];
  missing_documents: { key: string; title: string }[];
  findings: FindingGroup[];
  deadlines: { what: string; due: string }[];
  review_due: string | null;
  /** what the office does now, in sentences */
  next_steps: string[];
  edition: string;
}

/** Equal findings in one row: their count and the first places. */
export interface FindingGroup {
  code: string;
  severity: Severity;
  level: string;
  messages: string[];
  remedy: string;
  citation: Citation | null;
  rule: string | null;
  count: number;
  places: string[];
  more_places: number;
}

/** What the records hold about the packet beside its verdict. */
export interface NoticeContext {
  receipt: string;
  received_at: string;
  issued_at: string;
  version: number;
  first: { receipt: string; received_at: string };
  review_due: string | null;
  office_name: string | null;
  area_name: string | null;
  center_name: string | null;
}

const TITLES: Record<DecisionOutcome, string> = {
  return: '不備通知書',
  review: '確認中のお知らせ',
  accept: '受理通知',
};
const SHOWN_PLACES = 5;

export function composeNotice(verdict: PacketVerdict, context: NoticeContext): Notice {
  const { receipt, received_at, issued_at, version, first, review_due } = context;
  return {
    notice_id: verdict.packet_id,
    kind: verdict.decision,
    title: TITLES[verdict.decision],
    receipt,
    received_at,
    issued_at,
    packet: verdict.packet,
    packet_id: verdict.packet_id,
    version,
    first,
    office_number: verdict.office_number,
    office_name: context.office_name,
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
    service_month: verdict.service_month,
    event: eventLabel(verdict.event),
    category: verdict.category,
    category_name: categoryLabel(verdict.category),
    payer: verdict.payer,
    payer_name: payerLabel(verdict.payer),
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    addons_allowed: verdict.addons_allowed,
    received: verdict.ledger,
    documents: verdict.documents.map(({ file, kind, title, pages, read_by }) => ({
      file: withoutFolder(file, verdict.packet),
      title: kind ? documentTitle(kind) : (title ?? '種類の分からない書類'),
      pages,
      read_by,
    })),
    missing_documents: verdict.missing_documents.map((key) => ({ key, title: documentTitle(key) })),
    findings: groupFindings(verdict.findings),
    deadlines: verdict.deadlines.map(({ what, due }) => ({ what, due })),
    review_due,
    next_steps: nextSteps(verdict, review_due),
    edition: verdict.edition,
  };
}

/** A file without the packet's folder, which the head of the letter names. */
const withoutFolder = (file: string, packet: string): string =>
  file.startsWith(`${packet}/`) ? file.slice(packet.length + 1) : file;

/** Gravest first, equal ones together: the same code, rule and remedy is one thing to do. */
export function groupFindings(findings: Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const key = [finding.severity, finding.code, finding.rule, finding.remedy].join('\u0000');
    let group = groups.get(key);
    if (!group) {
      const { code, severity, remedy, citation, rule } = finding;
      const level = SEVERITY_NAMES[severity];
      group = {
        code,
        severity,
        level,
        messages: [],
        remedy,
        citation,
        rule,
        count: 0,
        places: [],
        more_places: 0,
      };
      groups.set(key, group);
    }
    group.count++;
    if (!group.messages.includes(finding.message) && group.messages.length < SHOWN_PLACES)
      group.messages.push(finding.message);
    const place = placeText(finding.where);
    if (!place || group.places.includes(place)) continue;
    if (group.places.length < SHOWN_PLACES) group.places.push(place);
    else group.more_places++;
  }
  const order: Severity[] = ['error', 'warn', 'review', 'info'];
  return [...groups.values()].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** 「UPPLAN.csv 3行目 12列目（サービス種類コード）」 */
export function placeText(where: Where): string {
  const parts = [
    where.file,
    where.page && `${where.page}ページ`,
    where.row && `${where.row}行目`,
    where.column && `${where.column}列目`,
    where.column_name && `（${where.column_name}）`,
    where.byte !== undefined && `先頭から${where.byte}バイト目`,
  ];
  return parts.filter(Boolean).join(' ').replace(' （', '（');
}

function nextSteps(verdict: PacketVerdict, reviewDue: string | null): string[] {
  if (verdict.decision === 'return')
    return [
      '「不備」とある項目を直し、この利用者の書類一式をもう一度お送りください。同じ受付窓口（同じ画面・同じ送信先）で受け付けます。',
      'ほかの利用者の書類を送り直す必要はありません。',
      '送り直した書類は訂正版として扱い、最初の受付日を引き継ぎます。',
    ];
  if (verdict.decision === 'review')
    return [
      `地域包括支援センターが内容を確認しています${reviewDue ? `（確認の予定日 ${reviewDue}）` : ''}。今すぐ送り直す必要はありません。`,
      '「注意」「要確認」の項目に誤りがあると気付いたときは、直した書類一式をお送りください。訂正版として扱います。',
    ];
  const involved = verdict.involvement
    ? [
        `地域包括支援センターの関与の対象です${reviewDue ? `（予定日 ${reviewDue}）` : ''}。助言があれば別にお知らせします。`,
      ]
    : [];
  return ['このまま手続を進めてください。送り直しは不要です。', ...involved];
}
