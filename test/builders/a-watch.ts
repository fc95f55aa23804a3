import type { Watch } from '../../shared/rules/rule-result.ts';

/** A paper of 岡山市 that is awaited until 2026-07-10. */
export const aWatch = (over: Partial<Watch> = {}): Watch => ({
  rule: 'OKY-R35',
  name: 'OKY-R35（届いていない写し）',
  what: '写し',
  start: '2026-06-10',
  due: '2026-07-10',
  awaits: null,
  latest_only: false,
  code: 'F_SUBMIT_LATE',
  severity: 'review',
  message: '確定（{start}）後１ヶ月（{due}まで）を過ぎました。',
  remedy: '提出を求めてください。',
  citation: { title: '岡山市', place: '(6)④' },
  edition: 'okayama 2024-04-01',
  ...over,
});
