import { UPHOSOKU } from './uphosoku.ts';
import { UPKIHON, UPKIHON_SUB1, UPKIHON_SUB2 } from './upkihon.ts';
import { UPPLAN } from './upplan.ts';
import { UPSIKYU } from './upsikyu.ts';
import { UPYOBO, UPYOBO_SUB } from './upyobo.ts';

/**
 * Columns of the CSV files of ケアプランデータ連携標準仕様 V4.1 (CSVファイルレイアウト定義書), 介護予防 side.
 * A `*` before a column name marks free text, which is wrapped in quotes.
 */
export const LAYOUTS = {
  UPKIHON,
  UPKIHON_SUB1,
  UPKIHON_SUB2,
  UPYOBO,
  UPYOBO_SUB,
  UPPLAN,
  UPSIKYU,
  UPHOSOKU,
} as const satisfies Record<string, readonly string[]>;
