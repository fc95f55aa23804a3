import type { UploadPart } from './health-queries.ts';

/** What each number of the health counts. */
export const PART_NAMES: Record<UploadPart, string> = {
  all: '受付番号を出したもの',
  waiting: '済んでいないもの',
  late: '手順が遅れているもの',
  announced: '届くのを待っているもの',
  never_came: '届かなかったもの',
  malware_scan: 'ウイルス検査中',
  received: '判定中',
  decided: '判定済みで、後の手順が残るもの',
  settled: 'すべて済んだもの',
};

/** Every state an upload can be in: together they are all of them. */
export const STATES: UploadPart[] = [
  'settled',
  'decided',
  'received',
  'malware_scan',
  'announced',
  'never_came',
];

/** What the address of a list of uploads asks for. */
export function listOf(params: URLSearchParams): {
  state: string;
  stage: string | null;
  title: string;
  isEveryMonth: boolean;
} {
  const state = params.get('state') ?? 'all';
  const stage = params.get('stage');
  const title = stage ? '段階で待っている受付' : (PART_NAMES[state as UploadPart] ?? '受付の一覧');
  return { state, stage, title, isEveryMonth: stage !== null || state === 'late' };
}
