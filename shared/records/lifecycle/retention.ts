import type { Retention } from '../events/read-retention.ts';

/** Why a case may not be erased today, as messages; empty: it may. `received`: receipt times of its versions. */
export function whyKept(state: Retention | null, today: string, received: string[]): string[] {
  if (!state?.completed_on) return ['完結の日が入力されていません。'];
  const why: string[] = [];
  if (!state.keep_until)
    why.push('保存期間の定めがありません（市の規則にも市の設定にもない）。定めるまで残します。');
  else if (today <= state.keep_until) why.push(`保存期限 ${state.keep_until} を過ぎていません。`);
  if (state.hold) why.push(`保全（リーガルホールド）中です: ${state.hold.reason}（${state.hold.by}）`);
  if (received.some((at) => at > state.entered_at!))
    why.push('完結の日を入力した後に届いた版があります。完結の日を確かめて、入力し直してください。');
  return why;
}
