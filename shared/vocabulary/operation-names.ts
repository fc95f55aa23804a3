import { ownValue } from '../text/own-value.ts';

/** What an operator reads for the stages of the desk. */
const STAGE_NAMES: Record<string, string> = {
  intake: '判定',
  review: '確認待ちの登録',
  notify: '通知',
  summarise: '集計',
  ocr: '画像の読取り',
  replay: '規則の試し',
  sweep: '見回り',
};

/** And for the steps of an upload. */
const STEP_NAMES: Record<string, string> = {
  receive: '受付',
  malware: 'ウイルス検査',
  decide: '判定',
  ledger: '台帳',
  redact: '個人番号の削除',
  ocr: '画像の読取り',
  review: '確認待ちの登録',
  notice: '通知',
  receipt: '受付票',
  summary: '集計',
};

/** And for how far an upload is. */
const PROGRESS_NAMES: Record<string, string> = {
  announced: '届くのを待っています',
  never_came: '届きませんでした',
  malware_scan: 'ウイルス検査中',
  received: '判定中',
  decided: '判定済、後の手順が残る',
  settled: 'すべて済み',
};

export const stageLabel = (stage: string): string => ownValue(STAGE_NAMES, stage) ?? stage;
export const stepLabel = (step: string): string => ownValue(STEP_NAMES, step) ?? step;
export const progressStateLabel = (state: string): string => ownValue(PROGRESS_NAMES, state) ?? state;
