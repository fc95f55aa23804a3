import { japanTime } from '../shared/calendar/japan-time.ts';
import { commissionText } from '../shared/decision/billing-text.ts';
import type { AreaSummary } from '../shared/records/views/area-summary.ts';
import type { PacketLine } from '../shared/records/views/packet-line.ts';
import type { Registry } from '../shared/registry/registry.ts';
import {
  categoryLabel,
  cityLabel,
  decisionLabel,
  maskNumber,
  payerLabel,
} from '../shared/vocabulary/labels.ts';
import type { ApiClient } from './api-client.ts';
import { type Column, type Row, table } from './table.ts';

/** Display names of areas. Requests the registry of each city once. */
export class AreaNames {
  private readonly client: ApiClient;
  private readonly registries = new Map<string, Promise<Registry | null>>();

  constructor(client: ApiClient) {
    this.client = client;
  }

  async nameOf(city: string | null, area: string | null): Promise<string> {
    if (!area || area.startsWith('_')) return '未定';
    if (!city) return area;
    let registry = this.registries.get(city);
    if (!registry) {
      registry = this.client.get<Registry>(`/registries/${city}`).catch(() => null);
      this.registries.set(city, registry);
    }
    return (await registry)?.areas.find(({ key }) => key === area)?.name ?? area;
  }
}

const PACKET_COLUMNS: Column[] = [
  { title: '提出物', maxWidth: 40 },
  { title: '被保険者番号' },
  { title: '提供月' },
  { title: '市' },
  { title: '圏域', maxWidth: 16 },
  { title: '区分' },
  { title: '請求先', maxWidth: 12 },
  { title: '請求単位', align: 'right' },
  { title: '委託料', maxWidth: 24 },
  { title: '結果' },
];

/** One line per packet, with its first finding and the remedy below. */
export async function packetTable(packets: PacketLine[], names: AreaNames): Promise<string> {
  return table(PACKET_COLUMNS, await Promise.all(packets.map((packet) => packetRow(packet, names))));
}

async function packetRow(packet: PacketLine, names: AreaNames): Promise<Row> {
  const { city, area, category, claim, commission, decision } = packet;
  const cells = [
    packet.packet,
    maskNumber(packet.insured_number).replace('—', '-'),
    packet.service_month ?? '-',
    city ? cityLabel(city) : '-',
    await names.nameOf(city, area),
    category ? categoryLabel(category) : '-',
    claim ? payerLabel(claim.payer) : '-',
    String(claim?.units ?? '-'),
    commission ? commissionText(commission, city) : '-',
    decisionLabel(decision) + (packet.outcome === 'repeated' ? '(受付済)' : ''),
  ];
  return { cells, notes: notesOf(packet) };
}

function notesOf(packet: PacketLine): string[] {
  if (packet.outcome === 'repeated')
    return [
      `同じ内容を ${japanTime(packet.received_at)} に受け付けています。最初の受付番号 ${packet.receipt}`,
    ];
  const finding = packet.first_finding;
  if (!finding || finding.severity === 'info') return [];
  const others = packet.findings > 1 ? `（ほか${packet.findings - 1}件）` : '';
  return [`${finding.code} ${finding.message}${others}`, `→ ${finding.remedy}`];
}

const SUMMARY_COLUMNS: Column[] = [
  { title: '市' },
  { title: '圏域', maxWidth: 20 },
  { title: '月' },
  { title: '件数', align: 'right' },
  { title: '利用者', align: 'right' },
  { title: '受理', align: 'right' },
  { title: '審査中', align: 'right' },
  { title: '返戻', align: 'right' },
  { title: '請求単位(受理)', align: 'right' },
  { title: '次の確認期限' },
];

/** One line per area and month, for the cities and months of these packets. */
export async function summaryTable(
  client: ApiClient,
  packets: PacketLine[],
  names: AreaNames,
): Promise<string> {
  const months = new Set(
    packets.map(({ city, service_month }) => `${city ?? '_unknown'}#${service_month ?? 'unknown'}`),
  );
  const cities = [...new Set(packets.map(({ city }) => city ?? '_unknown'))].sort();
  const rows: Row[] = [];
  for (const city of cities)
    for (const summary of await client.summaries(city))
      if (months.has(`${city}#${summary.month}`)) rows.push({ cells: await summaryCells(summary, names) });
  return table(SUMMARY_COLUMNS, rows);
}

async function summaryCells(summary: AreaSummary, names: AreaNames): Promise<string[]> {
  const { city, area, month, cases, users, decisions, next_due, overdue } = summary;
  const units = Object.values(summary.units).reduce((sum, count) => sum + count, 0);
  return [
    cityLabel(city),
    await names.nameOf(city, area),
    month === 'unknown' ? '不明' : month,
    ...[cases, users, decisions.accept, decisions.review, decisions.return, units].map(String),
    `${next_due ?? '-'}${overdue ? ` (期限超過 ${overdue})` : ''}`,
  ];
}
