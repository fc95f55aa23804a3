import { createHash } from 'node:crypto';
import type { PacketFile } from '../../shared/packet/packet.ts';
import { cp932 } from './cp932.ts';

/** Cells by the column numbers of the standard: tests write `{ 14: '2' }` and so prove the position of column 14. */
export type Cells = Record<number, string>;

/** Columns of each type, counted in the standard (CSVファイルレイアウト定義書 V4.1). */
export const COLUMN_COUNTS = {
  UPHOSOKU: 63,
  UP1KYO: 28,
  UP2KYO: 22,
  UP3KYO: 13,
  DLT1KYO: 4,
  UPPLAN: 25,
  UPJSK: 25,
  DLTPLAN: 4,
  DLTJSK: 6,
  UPSIKYU: 37,
  UPKIHON: 71,
  UPKIHON_SUB1: 7,
  UPKIHON_SUB2: 11,
  DLTKIHON: 4,
  UPYOBO: 57,
  UPYOBO_SUB: 17,
  DLTYOBO: 4,
} as const;
export type BuiltType = keyof typeof COLUMN_COUNTS;

const PERSON: Cells = { 1: '202407', 2: '431007', 3: '0000000101' };
const DEFAULTS: Record<BuiltType, Cells> = {
  UPHOSOKU: {
    ...PERSON,
    4: '00000000',
    5: 'ﾐﾎﾝ ﾊﾅｺ',
    6: '見本　花子',
    7: '2',
    8: '19400315',
    16: '2',
    18: '12',
    63: '202407',
  },
  UP1KYO: {
    ...PERSON,
    4: '20240701',
    8: '計画 一',
    9: '見本',
    13: '4370100010',
    14: '20240701',
    15: '20240701',
  },
  UP2KYO: { ...PERSON, 4: '20240701', 5: '20240701', 6: '1' },
  UP3KYO: { ...PERSON, 4: '20240701', 5: '20240701' },
  DLT1KYO: { ...PERSON, 4: '20240701' },
  UPPLAN: {
    ...PERSON,
    4: '20240625',
    5: '202407',
    6: '4370100010',
    7: '計画 一',
    8: '1176',
    9: '0',
    10: '20240701',
    12: '1000',
    13: '1100',
    14: '1',
    15: 'A21111',
    20: '4370200018',
    21: '見本訪問サービス',
    23: '0',
    24: '4370100010',
  },
  UPJSK: {
    ...PERSON,
    4: '20240731',
    5: '202407',
    6: '4370100010',
    7: '計画 一',
    8: '1176',
    9: '0',
    10: '20240701',
    12: '1000',
    13: '1100',
    14: '1',
    15: 'A21111',
    20: '4370200018',
    23: '0',
    24: '4370200018',
  },
  DLTPLAN: { ...PERSON, 4: '202407' },
  DLTJSK: { ...PERSON, 4: '202407', 5: '4370200018', 6: 'A2' },
  UPSIKYU: {
    ...PERSON,
    4: '20240625',
    5: '202407',
    6: '見本訪問サービス',
    7: '4370200018',
    9: 'A21111',
    13: '1176',
    16: '1',
    33: '0',
    36: '4370100010',
  },
  UPKIHON: {
    ...PERSON,
    4: '20240620',
    5: '1',
    6: '1',
    14: 'ﾐﾎﾝ ﾊﾅｺ',
    15: '見本　花子',
    16: '2',
    17: '19400315',
    18: '熊本市見本区一丁目1番1号',
    23: '12',
    24: '20240701',
    25: '20250630',
    66: '編み物',
  },
  UPKIHON_SUB1: { ...PERSON, 4: '20240620', 5: '6:00', 6: '起床' },
  UPKIHON_SUB2: { ...PERSON, 4: '20240620', 5: 'H12年10月', 6: '高血圧' },
  DLTKIHON: { ...PERSON, 4: '20240620' },
  UPYOBO: {
    ...PERSON,
    4: '20240625',
    5: '1',
    6: '1',
    8: '見本　花子',
    10: '20240701',
    11: '20250630',
    12: '11',
    13: '2',
    14: '1',
    16: '計画 一',
    20: '20240625',
    21: 'ささえりあ第一',
    24: '杖を使って歩く',
    28: '掃除が難しい',
    32: '外出は週一回',
    36: '血圧は安定',
    56: '20240626',
    57: '見本　花子',
  },
  UPYOBO_SUB: {
    ...PERSON,
    4: '20240625',
    5: '1',
    6: '歩ける距離を伸ばしたい',
    9: '15分歩く',
    10: '1',
    14: '1',
    15: '訪問型サービス',
    17: '令和6年7月1日～令和6年12月31日',
  },
  DLTYOBO: { ...PERSON, 4: '20240625' },
};

/** The cells of one record. `undefined` for a number empties it. */
export const record = (type: BuiltType, cells: Cells = {}): string[] => {
  const all: Cells = { ...DEFAULTS[type], ...cells };
  return Array.from({ length: COLUMN_COUNTS[type] }, (_, i) => all[i + 1] ?? '');
};

const needsQuotes = (cell: string): boolean => /[",\r\n]/.test(cell);
export const line = (cells: string[]): string =>
  cells.map((cell) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');

/** CP932 bytes of records of one type, CRLF, no header. */
export const csv = (type: BuiltType, ...rows: Cells[]): Buffer =>
  cp932((rows.length > 0 ? rows : [{}]).map((cells) => `${line(record(type, cells))}\r\n`).join(''));

export const uphosoku = (...rows: Cells[]): Buffer => csv('UPHOSOKU', ...rows);
export const upyobo = (...rows: Cells[]): Buffer => csv('UPYOBO', ...rows);
export const upyoboSub = (...rows: Cells[]): Buffer => csv('UPYOBO_SUB', ...rows);
export const upkihon = (...rows: Cells[]): Buffer => csv('UPKIHON', ...rows);
export const upplan = (...rows: Cells[]): Buffer => csv('UPPLAN', ...rows);
export const upjsk = (...rows: Cells[]): Buffer => csv('UPJSK', ...rows);
export const upsikyu = (...rows: Cells[]): Buffer => csv('UPSIKYU', ...rows);

const MONTHLY: ReadonlySet<string> = new Set(['UPHOSOKU', 'UPPLAN', 'UPJSK', 'DLTPLAN', 'DLTJSK', 'UPSIKYU']);

/** A name of the standard: V4.1 with service kinds, V3 without. */
export function csvName(
  type: BuiltType,
  { month = '202407', from = '4370100010', to = '4300100015', stamp = '20240705101500', v3 = false } = {},
): string {
  const middle = MONTHLY.has(type) ? `${month}_` : '';
  return v3
    ? `${type}_${middle}${from}_${to}_${stamp}.CSV`
    : `${type}_${middle}${from}_43_${to}_46_${stamp}.CSV`;
}

export const packetFile = (path: string, bytes: Uint8Array | string): PacketFile => {
  const buffer = Buffer.from(bytes as string);
  return {
    path,
    digest: createHash('sha256').update(buffer).digest('hex'),
    size: buffer.length,
    read: async () => buffer,
  };
};
