/** Types of CSV files of the standard (ケアプランデータ連携標準仕様 V4.1; V3 has those of 居宅 without 3表). */
export const CSV_TYPES = [
  'UPHOSOKU',
  'UP1KYO',
  'UP2KYO',
  'UP3KYO',
  'DLT1KYO',
  'UPPLAN',
  'UPJSK',
  'DLTPLAN',
  'DLTJSK',
  'UPSIKYU',
  'UPKIHON',
  'UPKIHON_SUB1',
  'UPKIHON_SUB2',
  'DLTKIHON',
  'UPYOBO',
  'UPYOBO_SUB',
  'DLTYOBO',
] as const;
export type CsvType = (typeof CSV_TYPES)[number];

/** The parts of a file name of the standard. */
export interface CsvName {
  type: CsvType;
  /** YYYYMM, `000000` when the file belongs to 第1・2表; null when the name has none */
  month: string | null;
  /** 送信元・送信先 事業所番号 */
  from: string;
  to: string;
  /** サービス種類 of sender and receiver; null in V3 names */
  fromKind: string | null;
  toKind: string | null;
  /** YYYYMMDDHHMMSS, the same for all files sent together */
  stamp: string;
}

// The standard writes 10 characters for an office number; its own examples show 9. `̲` is how its PDF prints `_`.
const OFFICE = '([0-9A-Z]{9,10})';
const KIND = '(?:([0-9A-Z]{2})_)?';
const CSV_NAME = new RegExp(
  `^(${[...CSV_TYPES].sort((a, b) => b.length - a.length).join('|')})_(?:(\\d{6})_)?${OFFICE}_${KIND}${OFFICE}_${KIND}(\\d{14})\\.CSV$`,
  'i',
);
const IMAGE_NAME = new RegExp(
  `^UPKIHON_IMAGE_${OFFICE}_${KIND}${OFFICE}_${KIND}(\\d{14})_(\\d{1,4})\\.JPE?G$`,
  'i',
);
/** what mail programs, browsers and Windows add to the name of a second copy */
const COPY_MARK = /\s*(?:\(\d+\)|（\d+）|\s*-\s*コピー(?:\s*\(\d+\))?|のコピー)(?=\.[^.]+$)/;

/** Reads a file name (with or without folders before it) by the grammar of V4.1 and V3; null when it does not follow it. */
export function parseCsvName(path: string): CsvName | null {
  const match = CSV_NAME.exec(plainName(path));
  if (!match) return null;
  const [, type = '', month, from = '', fromKind, to = '', toKind, stamp = ''] = match;
  const upper = (text: string | undefined): string | null => text?.toUpperCase() ?? null;
  return {
    type: type.toUpperCase() as CsvType,
    month: month ?? null,
    from: from.toUpperCase(),
    to: to.toUpperCase(),
    fromKind: upper(fromKind),
    toKind: upper(toKind),
    stamp,
  };
}

/**
 * 予定 and 実績 of a 利用票 share a layout, and in a month that went as planned their rows: only the name tells which.
 * Returns null where the name does not tell.
 */
export function monthSideOf(path: string): 'UPPLAN' | 'UPJSK' | null {
  const base = plainName(path);
  if (/実績|JSK|JISSEKI/i.test(base)) return 'UPJSK';
  return /予定|PLAN|YOTEI/i.test(base) ? 'UPPLAN' : null;
}

export const isStandardCsvName = (path: string): boolean => parseCsvName(path) !== null;

/** 家族構成 picture of a 利用者基本情報 (UPKIHON_IMAGE_…): part of the standard, nothing to read in it. */
export const isFamilyImageName = (path: string): boolean => IMAGE_NAME.test(plainName(path));

const plainName = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .normalize('NFKC')
    .replace(COPY_MARK, '');
