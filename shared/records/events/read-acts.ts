import { collect, type RecordStore } from '../store/record-store.ts';
import { packetKeys } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { PacketDecided } from './packet-events.ts';
import type { ReviewAdvised, ReviewClosed, ReviewEvent, Tick } from './review-events.ts';

/** Every act of reviewers on an item, in order. */
export const readActs = (store: RecordStore, packetId: string): Promise<ReviewEvent[]> =>
  collect(readRange(store, packetKeys.everyAct(packetId)));

/** Who works on an item. */
export interface Holder {
  by: string;
  by_name: string | null;
  since: string;
  until: string;
}

/** What the acts on an item come to. */
export interface ReviewState {
  /** number of acts it is made of */
  acts: number;
  /** also after its end: who asks compares `until` with the time */
  holder: Holder | null;
  set_aside: { until: string; by_name: string | null; reason: string | null } | null;
  ticks: Record<string, { answer: Tick; at: string; by_name: string | null }>;
  advised: Pick<ReviewAdvised, 'at' | 'on' | 'awaits' | 'by_name' | 'reason'> | null;
  received: { document: string; on: string }[];
  /** the office asked to withdraw the packet; `refused`: how the reviewer answered */
  withdrawal: {
    at: string;
    reason: string | null;
    refused: { at: string; reason: string | null } | null;
  } | null;
}

export function foldActs(acts: ReviewEvent[]): ReviewState {
  const state: ReviewState = {
    acts: acts.at(-1)?.act ?? 0,
    holder: null,
    set_aside: null,
    ticks: {},
    advised: null,
    received: [],
    withdrawal: null,
  };
  for (const act of acts) applyAct(state, act);
  return state;
}

function applyAct(state: ReviewState, act: ReviewEvent): void {
  switch (act.type) {
    case 'review.claimed':
      state.holder = { by: act.by, by_name: act.by_name, since: sinceOf(state, act), until: act.until };
      return;
    case 'review.handed_over':
      state.holder = { by: act.to, by_name: act.to_name, since: act.at, until: act.until };
      return;
    case 'review.released':
    case 'review.closed':
      state.holder = null;
      return;
    case 'review.set_aside':
      state.set_aside =
        act.until === null ? null : { until: act.until, by_name: act.by_name, reason: act.reason };
      return;
    case 'review.ticked': {
      // What every object has is no line, and no map with it can be stored.
      if (act.line in {}) return;
      const { [act.line]: _, ...others } = state.ticks;
      const { answer, at, by_name } = act;
      state.ticks = answer ? { ...others, [act.line]: { answer, at, by_name } } : others;
      return;
    }
    case 'review.received':
      state.received = [...state.received, { document: act.document, on: act.on }];
      return;
    case 'review.advised': {
      const { at, on, awaits, by_name, reason } = act;
      state.advised = { at, on, awaits, by_name, reason };
      return;
    }
    case 'review.withdrawal_asked':
      state.withdrawal = { at: act.at, reason: act.reason, refused: null };
      return;
    case 'review.withdrawal_refused':
      if (state.withdrawal) state.withdrawal.refused = { at: act.at, reason: act.reason };
      return;
    case 'review.answered':
    case 'review.file_removed':
      return;
  }
}

/** Claimed again by the one who holds it: since the first time. */
const sinceOf = ({ holder }: ReviewState, { by, at }: ReviewEvent): string =>
  holder?.by === by && holder.until > at ? holder.since : at;

/** The holder at a time (ISO). */
export const holderAt = ({ holder }: Pick<ReviewState, 'holder'>, at: string): Holder | null =>
  holder && holder.until > at ? holder : null;

/**
 * How a person ended the review of a run. A run that only takes in what a reviewer entered has the end of the run before it,
 * where that came after the entry.
 */
export function closingOf(
  acts: ReviewEvent[],
  { run, because, acts: known = 0 }: Pick<PacketDecided, 'run' | 'because' | 'acts'>,
): ReviewClosed | null {
  const isOf = (act: ReviewClosed): boolean =>
    act.run === run ||
    (because === 'reviewed' && act.act === known) ||
    (because === 'answers' && act.act > known && act.run < run);
  return acts.findLast((act): act is ReviewClosed => act.type === 'review.closed' && isOf(act)) ?? null;
}

/** Acts a run has not taken in yet, that make the packet be decided again. */
export const unheardAnswers = (acts: ReviewEvent[], known: number): ReviewEvent[] =>
  acts.filter(({ act, type }) => act > known && DECIDES.has(type));

const DECIDES: ReadonlySet<string> = new Set<ReviewEvent['type']>([
  'review.answered',
  'review.received',
  'review.advised',
  'review.file_removed',
]);
