import type { Sender } from '../../access/sender.ts';
import type { PacketPosition } from '../../packet/position.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import type { VerdictRef } from '../store/result-store.ts';
import type { EventBase, WithOutbox } from './event-base.ts';

/** What must follow a decision. Each is safe to repeat. */
export type Effect = 'case' | 'rivals' | 'review' | 'notice' | 'ocr';

/**
 * The decision on a packet: who sent it, what was decided, where the whole verdict is stored. A first run has no outbox: its
 * packet has no answer in its upload until all that must follow was done.
 */
export interface PacketDecided extends EventBase<'packet.decided'>, WithOutbox<Effect>, VerdictRef {
  packet_id: string;
  upload_id: string;
  position: PacketPosition;
  /** one processing of the packet under one edition of the rules */
  run_id: string;
  /** from 1; the last run is the decision */
  run: number;
  /**
   * why a further run was made: the pictures of the packet were read, or scans beside it in its upload, another office sent
   * papers of the month, a reviewer entered answers, or ended the review
   */
  because?: 'ocr' | 'beside' | 'rivals' | 'answers' | 'reviewed';
  /** number of the last act of a reviewer this run knows; absent: none */
  acts?: number;
  edition: string;
  packet: string;
  digest: string;
  city: string;
  area: string;
  /** the office the papers name, which serves the person; it gives no right */
  office: string;
  /** from the sign-in */
  sender: Sender;
  /** whose chain of versions the packet belongs to (shared/access/rights.ts) */
  owner: string;
  person: string;
  month: string;
  event: string;
  decision: DecisionOutcome;
  /** the packet its files joined: this one takes its place, also where it turned out to be of another case */
  joins?: string | undefined;
  /** when the upload was received, ISO time */
  received_at: string;
  /** due date of the review item; null: no review item */
  review_due: string | null;
  /** what must follow; unlike the outbox it stays, so that it can be checked */
  asks: Effect[];
}

export type ReviewOpened = EventBase<'review.opened'>;

export interface NoticeWritten extends EventBase<'notice.written'> {
  /** the letter of an earlier run says the same: no other was written */
  unchanged?: true;
}
/** The pictures of the packet were read and nothing changed. */
export type PacketOcrRead = EventBase<'packet.ocr_read'>;

/** The files that completed the packet showed that it is of another case, where `to` takes its place. */
export interface PacketMoved extends EventBase<'packet.moved'> {
  to: string;
}

/** The list of another upload shows this packet as well. */
export interface PacketShown extends EventBase<'packet.shown'> {
  upload_id: string;
  position: PacketPosition;
}

/**
 * The OCR text of a file is stored once, under the digest of the file. Its use is recorded on both sides before the
 * text is read: so an erasure finds the texts of a case without its files, and keeps those another case uses.
 */
export interface PacketUsesText extends EventBase<'packet.uses_text'> {
  /** sha256 of the file, hex */
  digest: string;
  packet_id: string;
}

export interface OcrTextUsed extends EventBase<'ocr.used'> {
  /** sha256 of the file, hex */
  digest: string;
  packet_id: string;
}

/** The OCR text of a file is in the results bucket. */
export interface OcrRead extends EventBase<'ocr.read'> {
  key: string;
}
