import { japanTime } from '../shared/calendar/japan-time.ts';
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
import type { DeskClient } from './desk-client.ts';
import { table } from './display-width.ts';

/** Names of areas for people: asked of the desk once per city. */
export class AreaNames {
  private readonly desk: DeskClient;
  private readonly registries = new Map<string, Promise<Registry | null>>();

  constructor(desk: DeskClient) {
    this.desk = desk;
  }

  async of(city: string | null, area: string | null): Promise<string> {
    if (!area || area.startsWith('_')) return '未定';
    if (!city) return area;
    let registry = this.registries.get(city);
    if (!registry) {
      registry = this.desk.get<Registry>(`/registries/${city}`).catch(() => null);
      this.registries.set(city, registry);
    }
    return (await registry)?.areas.find((one) => one.key === area)?.name ?? area;
  }
}

/** One line per packet; beneath it what to know first and how to mend it. */
export async function packetTable(packets: PacketLine[], names: AreaNames): Promise<string> {
  const rows = await Promise.all(
    packets.map(async (one) => ({
      cells: [
        one.packet,
        maskNumber(one.insured_number).replace('—', '-'),
        one.service_month ?? '-',
        one.city ? cityLabel(one.city) : '-',
        await names.of(one.city, one.area),
        one.category ? categoryLabel(one.category) : '-',
        one.payer ? payerLabel(one.payer) : '-',
        one.total_units === null ? '-' : String(one.total_units),
        one.outcome === 'repeated' ? `${decisionLabel(one.decision)}(受付済)` : decisionLabel(one.decision),
      ],
      beneath: beneath(one),
    })),
  );
  const columns = [
    { title: '提出物', most: 40 },
    { title: '被保険者番号' },
    { title: '提供月' },
    { title: '市' },
    { title: '圏域', most: 16 },
    { title: '区分' },
    { title: '請求先', most: 12 },
    { title: '単位', align: 'right' as const },
    { title: '結果' },
  ];
  return table(columns, rows);
}

function beneath(one: PacketLine): string[] {
  if (one.outcome === 'repeated')
    return [`同じ内容を ${japanTime(one.received_at)} に受け付けています。最初の受付番号 ${one.receipt}`];
  const first = one.first_finding;
  if (!first || first.severity === 'info') return [];
  const more = one.findings > 1 ? `（ほか${one.findings - 1}件）` : '';
  return [`${first.code} ${first.message}${more}`, `→ ${first.remedy}`];
}

/** One line per area and month, for the cities and months these packets are about. */
export async function summaryTable(
  desk: DeskClient,
  packets: PacketLine[],
  names: AreaNames,
): Promise<string> {
  const months = new Set(packets.map((one) => `${one.city ?? '_unknown'}#${one.service_month ?? 'unknown'}`));
  const cities = [...new Set(packets.map((one) => one.city ?? '_unknown'))].sort();
  const rows: { cells: string[] }[] = [];
  for (const city of cities)
    for (const one of await desk.summaries(city))
      if (months.has(`${city}#${one.month}`)) rows.push({ cells: await summaryCells(one, names) });
  const columns = [
    { title: '市' },
    { title: '圏域', most: 20 },
    { title: '月' },
    ...['件数', '利用者', '受理', '確認', '返戻', '単位(受理)'].map((title) => ({
      title,
      align: 'right' as const,
    })),
    { title: '次の確認期限' },
  ];
  return table(columns, rows);
}

async function summaryCells(one: AreaSummary, names: AreaNames): Promise<string[]> {
  const units = Object.values(one.units).reduce((sum, n) => sum + n, 0);
  const { accept, review, return: back } = one.decisions;
  return [
    cityLabel(one.city),
    await names.of(one.city, one.area),
    one.month === 'unknown' ? '不明' : one.month,
    ...[one.cases, one.users, accept, review, back, units].map(String),
    `${one.next_due ?? '-'}${one.overdue ? ` (期限超過 ${one.overdue})` : ''}`,
  ];
}
