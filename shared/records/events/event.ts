import type { CaseErased, CaseLeft, CaseVersion, CaseWithdrawn } from './case-events.ts';
import type { KnownVersion, ObjectCopying } from './object-events.ts';
import type {
  NoticeWritten,
  OcrRead,
  OcrTextUsed,
  PacketDecided,
  PacketMoved,
  PacketOcrRead,
  PacketShown,
  PacketUsesText,
  ReviewOpened,
} from './packet-events.ts';
import type { RetentionEvent } from './retention-events.ts';
import type { AnswerRemembered, ReadingConfirmed, ReviewEvent } from './review-events.ts';
import type { SampleDrawn } from './sample-events.ts';
import type { MessageFailed, RegistryImported } from './system-events.ts';
import type {
  DigestFirst,
  LedgerOpen,
  MalwareScanned,
  PacketAnswered,
  ReceiptWritten,
  UploadAnnounced,
  UploadFinished,
  UploadOpened,
  UploadReceived,
  UploadRedacted,
} from './upload-events.ts';
import type { WaiverEvent } from './waiver-events.ts';
import type { WatchEvent } from './watch-events.ts';

/** Everything that can happen. The events are the truth; every other table is a read model made from them. */
export type RecordEvent =
  | UploadAnnounced
  | UploadReceived
  | MalwareScanned
  | UploadOpened
  | UploadRedacted
  | PacketAnswered
  | LedgerOpen
  | UploadFinished
  | ReceiptWritten
  | DigestFirst
  | PacketDecided
  | ReviewOpened
  | ReviewEvent
  | AnswerRemembered
  | ReadingConfirmed
  | NoticeWritten
  | PacketOcrRead
  | PacketShown
  | PacketMoved
  | PacketUsesText
  | OcrRead
  | OcrTextUsed
  | CaseVersion
  | CaseErased
  | CaseWithdrawn
  | CaseLeft
  | RetentionEvent
  | WatchEvent
  | WaiverEvent
  | ObjectCopying
  | KnownVersion
  | RegistryImported
  | SampleDrawn
  | MessageFailed;

export type EventType = RecordEvent['type'];
export type EventOf<T extends EventType> = Extract<RecordEvent, { type: T }>;

/** The events with an outbox. */
export type UnsentEvent = {
  [T in EventType]: 'outbox' extends keyof EventOf<T> ? EventOf<T> : never;
}[EventType];

/** Type guard for one or several types of event. */
export const isEvent =
  <T extends EventType>(...types: readonly T[]) =>
  (event: RecordEvent): event is EventOf<T> => {
    const wanted: readonly string[] = types;
    return wanted.includes(event.type);
  };

/** The end of a switch over every type of event: a new type fails to compile here. */
export function unknownEvent(event: never): never {
  throw new Error(`unknown type of event: ${(event as RecordEvent).type}`);
}
