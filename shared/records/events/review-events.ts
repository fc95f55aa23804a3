import type { ReviewDecision } from '../../vocabulary/category.ts';
import type { EventBase, WithOutbox } from './event-base.ts';
import { REVIEW_EVENT_TYPES, type ReviewEventType } from './review-event-types.ts';

/**
 * What people do with a review item, in one numbered chain. The number is the conditional write: of two people who act at
 * once the second meets the act of the first (docs/decisions/0021-review-acts.md).
 */
interface ReviewAct<T extends string> extends EventBase<T> {
  /** the packet, or the watch of an overdue paper */
  packet_id: string;
  /** number in the chain, from 1 */
  act: number;
  /** the run of the packet the item showed */
  run: number;
  /** subject of the token, or the name the operator gave */
  by: string;
  /** what colleagues read; null: the token carries no name */
  by_name: string | null;
  role: string;
  /** the reviewer's own words; null: none were needed */
  reason: string | null;
}

/** One person works on the item until then (ISO time), or until it is released. */
interface ReviewClaimed extends ReviewAct<'review.claimed'> {
  until: string;
}

type ReviewReleased = ReviewAct<'review.released'>;

/** The holder gives the item to a colleague, who holds it from now on. */
interface ReviewHandedOver extends ReviewAct<'review.handed_over'> {
  to: string;
  to_name: string | null;
  until: string;
}

/** Set aside until a day (ISO date): it waits below the others. null: back among the others. */
interface ReviewSetAside extends ReviewAct<'review.set_aside'> {
  until: string | null;
}

export const TICKS = ['yes', 'no', 'not_applicable'] as const;
export type Tick = (typeof TICKS)[number];

/** One line of the checklist, answered; null: the answer is withdrawn. */
interface ReviewTicked extends ReviewAct<'review.ticked'> {
  line: string;
  answer: Tick | null;
}

/** What a reviewer enters about the papers. The packet is decided again with it. */
type ReviewAnswer =
  /** a fact that was open */
  | { kind: 'fact'; path: string; value: unknown }
  /** a finding that asks for a look: looked at, and in order; `holds` false takes it back */
  | { kind: 'finding'; key: string; holds: boolean; remember: boolean }
  /** what a picture says: all values of a field as they were read, or one corrected */
  | { kind: 'reading'; digest: string; field: string; read: string; value: string };

export interface ReviewAnswered extends ReviewAct<'review.answered'>, WithOutbox<'decide' | 'remember'> {
  answers: ReviewAnswer[];
  /** sha256 of the files of the packet: an answered fact holds as long as they are all there */
  files: string[];
}

/** A paper reached the reviewer by another way: the original (原本), the final plan. It counts as a document. */
export interface ReviewReceived extends ReviewAct<'review.received'>, WithOutbox<'decide' | 'remember'> {
  document: string;
  /** ISO date */
  on: string;
}

/** Advice to the office. Where the city's rules await what follows from it, the item stays until that came. */
export interface ReviewAdvised
  extends ReviewAct<'review.advised'>,
    WithOutbox<'case' | 'letter' | 'decide' | 'remember'> {
  /** ISO date */
  on: string;
  /** document the advice is followed by */
  awaits: string;
}

/** A file that may not be kept (個人番号 seen by eye) is removed like one the desk recognises itself. */
export interface ReviewFileRemoved extends ReviewAct<'review.file_removed'>, WithOutbox<'decide'> {
  /** sha256 of the file, hex */
  digest: string;
}

/**
 * The office asks the reviewer who has begun to let it withdraw the packet. Accepted, the case is withdrawn
 * (`case.withdrawn`) by the reviewer; refused, the reason goes back to the office.
 */
type WithdrawalAsked = ReviewAct<'review.withdrawal_asked'>;
type WithdrawalRefused = ReviewAct<'review.withdrawal_refused'>;

/** A person has ended the review of one run of a packet. */
export interface ReviewClosed extends ReviewAct<'review.closed'>, WithOutbox<'case' | 'decide' | 'letter'> {
  decision: ReviewDecision;
  /** of the item of an awaited paper: the packet that opened the wait */
  about_packet?: string;
}

export type ReviewEvent =
  | ReviewClaimed
  | ReviewReleased
  | ReviewHandedOver
  | ReviewSetAside
  | ReviewTicked
  | ReviewAnswered
  | ReviewReceived
  | ReviewAdvised
  | ReviewFileRemoved
  | WithdrawalAsked
  | WithdrawalRefused
  | ReviewClosed;

/** The compiler checks that the list of types is whole. */
type Listed = ReviewEvent['type'] extends ReviewEventType ? ReviewEventType : never;
export const REVIEW_EVENTS: readonly Listed[] = REVIEW_EVENT_TYPES;

/**
 * An answer that holds beyond its packet: for the person's month where it is a fact, for the person as long as the
 * question reads the same where it is a finding.
 */
export interface AnswerRemembered extends EventBase<'answer.remembered'> {
  packet_id: string;
  owner: string;
  month: string;
  /** ISO date */
  on: string;
  facts: Record<string, unknown>;
  /** the facts hold as long as these files are all there; null: whatever is sent */
  files: string[] | null;
  findings: { key: string; holds: boolean }[];
}

/** A reviewer looked at a picture: what was read there is certain, corrected where it was wrong. */
export interface ReadingConfirmed extends EventBase<'reading.confirmed'> {
  digest: string;
  packet_id: string;
  field: string;
  read: string;
  value: string;
}
