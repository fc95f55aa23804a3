import { fileURLToPath } from 'node:url';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decidePacket } from '../../shared/flow.ts';
import type { Packet, PacketFile } from '../../shared/packet/packet.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { type BuiltType, type Cells, csv, csvName, packetFile } from './csv.ts';

/** A clean month of 2024-06 in a city of the samples: 総合事業 and 予防給付 used, provided directly. */
export interface CsvMonth {
  /** rows by type, laid over the clean ones; null leaves the file out */
  rows?: Partial<Record<BuiltType, Cells[] | null>>;
  /** further files as they are */
  files?: PacketFile[];
  /** cells every row gets */
  person?: Cells;
  /** members of packet.json laid over the clean ones */
  cover?: Record<string, unknown>;
  month?: string;
}

const PERSON = { 2: '082016', 3: '0007780001' } as const;
const OFFICE = '0870100013';
const CENTER = '0800100018';
const PROVIDER = '0870200011';

const DAYS = ['05', '12', '19', '26'];

/** One record of use in a month: the day of the service, its code. */
export const use = (day: string, service: string, over: Cells = {}): Cells => ({
  10: day,
  15: service,
  ...over,
});

/** The files of a month; the sender of the papers is the office, that of 実績 the provider. */
function monthFiles({ rows = {}, person = {}, month = '202406', files = [], cover }: CsvMonth): PacketFile[] {
  const clean: Partial<Record<BuiltType, Cells[]>> = {
    UPPLAN: DAYS.flatMap((day) => [use(`${month}${day}`, 'A21111'), use(`${month}${day}`, '631111')]),
    UPJSK: DAYS.flatMap((day) => [use(`${month}${day}`, 'A21111'), use(`${month}${day}`, '631111')]),
    UPHOSOKU: [{}],
  };
  const types = new Set([...Object.keys(clean), ...Object.keys(rows)] as BuiltType[]);
  const built = [...types].flatMap((type) => {
    const own = rows[type] === undefined ? clean[type] : rows[type];
    if (!own) return [];
    const cells = own.map((each) => ({ ...baseOf(type, month), ...PERSON, ...person, ...each }));
    const isUse = type === 'UPJSK';
    const name = csvName(type, {
      month,
      from: isUse ? PROVIDER : OFFICE,
      to: isUse ? OFFICE : CENTER,
      stamp: `${month}03101500`,
    });
    return [packetFile(name, csv(type, ...cells))];
  });
  const given = {
    city: 'mito',
    office_number: OFFICE,
    provider_route: 'direct',
    event: 'continuing',
    service_month: `${month.slice(0, 4)}-${month.slice(4)}`,
    contracts: [
      ['riyosha', 'kyotaku_office'],
      ['riyosha', 'mito_city'],
    ],
    ...cover,
  };
  return [...built, ...files, packetFile('packet.json', JSON.stringify(given))];
}

/** Cells that make a row of a type one of this month and office. */
function baseOf(type: BuiltType, month: string): Cells {
  const date = `${month}01`;
  switch (type) {
    case 'UPPLAN':
      return { 4: date, 5: month, 6: OFFICE, 20: PROVIDER, 24: OFFICE };
    case 'UPJSK':
      return { 4: date, 5: month, 6: OFFICE, 20: PROVIDER, 24: PROVIDER };
    case 'UPSIKYU':
      return { 4: date, 5: month, 7: PROVIDER, 36: OFFICE };
    case 'UPHOSOKU':
      return {
        9: '000-0001',
        10: '水戸市見本町1-2-3',
        13: '20240401',
        14: '20240401',
        15: '20270331',
        18: '12',
        59: '12',
        63: month,
      };
    case 'UPYOBO':
      return {
        4: date,
        10: '20240401',
        11: '20270331',
        12: '21',
        17: '水戸見本居宅介護支援事業所',
        20: '20230401',
        21: '水戸見本地域包括支援センター',
        56: date,
      };
    case 'UPYOBO_SUB':
      return { 4: date, 15: '介護予防訪問看護' };
    case 'UPKIHON':
      return { 4: date, 18: '水戸市見本町1-2-3', 24: '20240401', 25: '20270331' };
    case 'UPKIHON_SUB1':
    case 'UPKIHON_SUB2':
      return { 4: date };
    default:
      return {};
  }
}

const registry = fileURLToPath(new URL('../../samples/registry/', import.meta.url));

/** The packet of a month. */
export const monthPacket = (month: CsvMonth = {}): Packet => ({
  ...{ name: '見本', digest: '', findings: [], rejected: [] },
  files: monthFiles(month),
});

/** The verdict on a month, by the registry of its city. */
export async function decideMonth(month: CsvMonth = {}, city = 'mito'): Promise<PacketVerdict> {
  const registries = [await loadRegistry(`${registry}${city}.yaml`)];
  for await (const verdict of decidePacket(monthPacket(month), { registries, today: '2024-07-01' }))
    return verdict;
  throw new Error('no verdict');
}

/** Code and severity of each finding that is more than a note. */
export const marks = (verdict: PacketVerdict): string[] =>
  verdict.findings.filter((f) => f.severity !== 'info').map((f) => `${f.code} ${f.severity}`);
/** Codes of the notes. */
export const notes = (verdict: PacketVerdict): string[] =>
  verdict.findings.filter((f) => f.severity === 'info').map((f) => f.code);
/** All sentences about one code. */
export const messageOf = (verdict: PacketVerdict, code: string): string =>
  verdict.findings
    .filter((f) => f.code === code)
    .map((f) => `${f.message} ${f.remedy}`)
    .join('\n');
