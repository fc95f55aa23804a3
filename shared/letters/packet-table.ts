import { categoryLabel, cityLabel, eventLabel } from '../vocabulary/labels.ts';

/** Columns of the list of packets that an office saves for a month. */
export const PACKET_COLUMNS: string[] = [
  '受付日時',
  '受付番号',
  '提出物',
  '市',
  '被保険者番号',
  '提供月',
  '提出の理由',
  '区分',
  '結果',
  '指摘',
  '主な指摘',
  '直し方',
  '請求単位数',
];

/** What a list has of one packet. */
export interface ListedPacket {
  received: string;
  receipt: string;
  packet: string;
  city: string | null;
  insured_number: string | null;
  service_month: string | null;
  event: string | null;
  category: string | null;
  state: string;
  findings: number;
  first_finding: { message: string; remedy: string } | null;
  claim: { units: number | null } | null;
}

export const packetRow = (one: ListedPacket): string[] => [
  one.received,
  one.receipt,
  one.packet,
  cityLabel(one.city),
  one.insured_number ?? '',
  one.service_month ?? '',
  eventLabel(one.event),
  categoryLabel(one.category),
  one.state,
  String(one.findings),
  one.first_finding?.message ?? '',
  one.first_finding?.remedy ?? '',
  one.claim?.units === null || one.claim?.units === undefined ? '' : String(one.claim.units),
];
