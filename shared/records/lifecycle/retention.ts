import { randomBytes } from 'node:crypto';
import { append, type DeskEvent, readStream } from '../events/event-log.ts';
import type { CaseRecord } from '../steps/record-case.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { CaseOf } from './audit.ts';
import type { KeepUntil } from './retention-rule.ts';

/** 完結の日, entered by a person, and what follows from it by the rules of that day. */
export interface CaseCompleted extends DeskEvent, KeepUntil {
  type: 'retention.completed';
  completed_on: string;
  by: string;
}
/** Something is going on (監査, 訴訟, 開示請求): nothing of the case may go, whatever the date says. */
interface Hold<T extends string> extends DeskEvent {
  type: T;
  by: string;
  reason: string;
}
export type CaseHeld = Hold<'retention.held'> | Hold<'retention.released'>;
/** An erasure has begun; a second attempt goes on under the same number. */
export interface ErasureBegun extends DeskEvent {
  type: 'retention.erasing';
  erasure: string;
}
export type RetentionEvent = CaseCompleted | CaseHeld | ErasureBegun;

/** Where a case stands: what its record shows, folded from its retention events. */
export interface Retention {
  completed_on: string | null;
  keep_until: string | null;
  rule: string | null;
  hold: { by: string; at: string; reason: string } | null;
  /** the last event in it; guards the record against an older state that comes later */
  seq: string;
  /** when 完結の日 was entered */
  entered_at: string | null;
  erasure: string | null;
}

export const retentionStream = ({ city, person, month }: CaseOf): string =>
  `retention#${city}#${person}#${month}`;

export function foldRetention(events: RetentionEvent[]): Retention | null {
  if (events.length === 0) return null;
  const state: Retention = {
    completed_on: null,
    keep_until: null,
    rule: null,
    hold: null,
    seq: '',
    entered_at: null,
    erasure: null,
  };
  for (const event of events) {
    state.seq = event.seq;
    if (event.type === 'retention.completed') {
      const { completed_on, keep_until, rule, at } = event;
      Object.assign(state, { completed_on, keep_until, rule, entered_at: at });
    } else if (event.type === 'retention.held')
      state.hold = { by: event.by, at: event.at, reason: event.reason };
    else if (event.type === 'retention.released') state.hold = null;
    else if (event.type === 'retention.erasing') state.erasure ??= event.erasure;
  }
  return state;
}

export const readRetention = async (store: RecordStore, of: CaseOf): Promise<Retention | null> =>
  foldRetention(await collect(readStream<RetentionEvent>(store, retentionStream(of))));

/** What a person has said of a case, each kept for good: the last one counts. */
export async function appendRetention(
  records: Pick<RecordContext, 'store' | 'now'>,
  of: CaseOf,
  said:
    | Pick<CaseCompleted, 'type' | 'completed_on' | 'by' | keyof KeepUntil>
    | Pick<CaseHeld, 'type' | 'by' | 'reason'>
    | Pick<ErasureBegun, 'type' | 'erasure'>,
): Promise<void> {
  const at = records.now().toISOString();
  const seq = `${at}#${randomBytes(4).toString('hex')}`;
  await append(records.store, { stream: retentionStream(of), seq, at, ...said } as RetentionEvent);
}

/** Puts the state onto the record of the case. Called after every write of the record and after every event: whoever comes last wins. */
export async function showRetention(
  store: RecordStore,
  record: Pick<CaseRecord, 'area_month' | 'case_key'>,
  state: Retention | null,
): Promise<void> {
  if (!state) return;
  const { completed_on, keep_until, hold, seq } = state;
  await store.update(
    'cases',
    { area_month: record.area_month, case_key: record.case_key },
    {
      expression: 'SET retention = :state',
      values: { ':state': { completed_on, keep_until, hold: hold !== null, seq }, ':seq': seq },
    },
    'attribute_exists(case_key) AND (attribute_not_exists(retention) OR retention.seq < :seq)',
  );
}

/** Every case with a retention event, from the whole log. */
export async function allRetentions(
  events: AsyncIterable<DeskEvent>,
): Promise<{ of: CaseOf; state: Retention }[]> {
  const streams = new Map<string, RetentionEvent[]>();
  for await (const event of events)
    if (event.stream.startsWith('retention#'))
      streams.set(event.stream, [...(streams.get(event.stream) ?? []), event as RetentionEvent]);
  return [...streams].map(([stream, all]) => {
    const [, city, person, month] = stream.split('#') as [string, string, string, string];
    const sorted = all.sort((a, b) => (a.seq < b.seq ? -1 : 1));
    return { of: { city, person, month }, state: foldRetention(sorted)! };
  });
}

/** Why a case may not be erased today, in words; an empty list: it may. `received`: when its versions came. */
export function whyKept(state: Retention | null, today: string, received: string[]): string[] {
  if (!state?.completed_on) return ['完結の日が入力されていません。'];
  const why: string[] = [];
  if (!state.keep_until)
    why.push('保存期間の定めがありません（市の規則にも設定 hozon_nen にもない）。定めるまで残します。');
  else if (today <= state.keep_until) why.push(`保存期限 ${state.keep_until} を過ぎていません。`);
  if (state.hold) why.push(`保全（リーガルホールド）中です: ${state.hold.reason}（${state.hold.by}）`);
  if (received.some((at) => at > state.entered_at!))
    why.push('完結の日を入力した後に届いた版があります。完結の日を確かめて、入力し直してください。');
  return why;
}
