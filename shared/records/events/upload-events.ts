import type { Sender } from '../../access/sender.ts';
import type { Ledger } from '../../decision/verdict.ts';
import type { PacketPosition } from '../../packet/position.ts';
import type { SplitPacket } from '../../packet/upload-source.ts';
import type { WithdrawnFile } from '../../packet/withdrawn.ts';
import type { EventBase, OpenUpload, WithOutbox } from './event-base.ts';
import type { FinalResult } from './malware-result.ts';

/** The packet that an upload completes: its files join those that are stored (補正). */
export interface JoinsPacket {
  packet_id: string;
  upload_id: string;
  /** its number in that upload */
  packet: number;
  /** absent: it is a folder of that upload */
  split?: SplitPacket;
  /** paths of its files that the new ones replace, besides those of the same name */
  replaces: string[];
}

/** An office announced a file. Nothing has arrived yet. */
export interface UploadAnnounced extends EventBase<'upload.announced'>, OpenUpload {
  upload_id: string;
  name: string;
  /** from the sign-in */
  sender: Sender;
  /** sha256 of the announced bytes, hex */
  digest?: string | null;
  joins?: JoinsPacket;
}

/**
 * The object is in the inbox. It has no outbox: an upload is open until the sweeper has seen each of its steps done, and
 * what has no answer in its stream is still to be done.
 */
export interface UploadReceived extends EventBase<'upload.received'>, OpenUpload {
  upload_id: string;
  name: string;
  /** that of the announcement; rights follow from it (shared/access/rights.ts) */
  sender: Sender;
  key: string;
  etag: string;
  /** version of the object: another version of the same key is another upload */
  version_id?: string;
  /** bytes */
  size: number | null;
  joins?: JoinsPacket | undefined;
  /** it may be opened only once the malware scan has ended */
  awaits_malware_scan?: boolean;
  /** a version of the object (a copy, or what a copy replaced) that is deleted and can never be read again */
  [discarded: DiscardedMark]: true | undefined;
}
/** `discarded#<version id>` */
export type DiscardedMark = `discarded#${string}`;

/** The malware scan has ended. */
export interface MalwareScanned extends EventBase<'malware.scanned'> {
  upload_id: string;
  result: FinalResult;
}

/**
 * The entries of an upload that was opened, where its first turn did not answer all of its packets. It cannot finish before
 * all are accounted for.
 */
export interface UploadOpened extends EventBase<'upload.opened'> {
  entries: number;
}

/**
 * A file with a 個人番号 is taken out. Recorded before it is done, so that an upload interrupted in between opens to the
 * same packets. The outbox holds `redact` until no version with the file is left.
 */
export interface UploadRedacted extends EventBase<'upload.redacted'>, WithOutbox<'redact'> {
  upload_id: string;
  /** sha256 of the upload as it came, hex */
  digest: string;
  file: WithdrawnFile;
}

/** One packet of the upload has its answer. */
export interface PacketAnswered extends EventBase<'packet.answered'> {
  position: PacketPosition;
  /** entries of this upload it accounts for */
  entries?: number;
  packet: string;
  packet_id: string;
  /** repeated: these bytes were decided in an earlier upload, and its decision is the answer */
  outcome: 'decided' | 'repeated';
  /** the packet was erased after its time: what the receipt still counts, and whose receipt it is */
  erased?: { decision: string; ledger: Ledger; office_number: string | null };
}

/** Every packet has its answer, but they do not account for the counted entries: the upload cannot finish. */
export interface LedgerOpen extends EventBase<'ledger.open'> {
  opened: number;
  accountedFor: number;
}

export interface UploadFinished extends EventBase<'upload.finished'> {
  upload_id: string;
  /** entries counted when it was opened; absent where it could not be opened */
  entries?: number;
  packets: number;
  repeated: number;
  /** sha256 of the object, hex: the same bytes need not be read again */
  digest: string;
  /** by the operator: it could not be read to its end */
  given_up?: true;
}

/** The receipt is stored. Where it was lost, or a packet in it erased, it is written again and the event names the new one. */
export interface ReceiptWritten extends EventBase<'receipt.written'> {
  /** of the object with its text and its data */
  key: string;
  /** sha256 of the stored bytes, hex */
  digest: string;
}

/** The first upload of a sender with these bytes. */
export interface DigestFirst extends EventBase<'digest.first'> {
  upload_id: string;
}
