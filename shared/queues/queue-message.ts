import * as z from 'zod';

/** A number of an upload or a packet, as the desk gives them. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/**
 * Messages between the stages: references and digests, never a document, a number or a name. Every stage checks the
 * shape; a message of another shape is a fault of the program and stays on its queue.
 */
export const packetMessage = z.object({
  kind: z.literal('packet'),
  packet_id: id,
  /** the run that asks; absent: whichever is the last */
  run: z.number().int().min(1).optional(),
});
const receiptMessage = z.object({ kind: z.literal('receipt'), upload_id: id });
/** An act of a reviewer the office gets a letter about. */
const reviewLetterMessage = z.object({
  kind: z.literal('review_letter'),
  packet_id: id,
  act: z.number().int().min(1),
});
export const noticeMessage = z.discriminatedUnion('kind', [
  packetMessage,
  receiptMessage,
  reviewLetterMessage,
]);
export const summaryMessage = z.object({
  kind: z.literal('summary'),
  city: z.string().regex(/^[a-z_][a-z0-9_]{0,30}$/),
  area: z.string().min(1).max(200),
  month: z.string().regex(/^(?:\d{4}-\d{2}|unknown)$/),
});
/** `older_than_minutes`: how long an event must have been unsent; absent: the setting of the stack. */
export const sweepMessage = z.object({
  kind: z.literal('sweep'),
  older_than_minutes: z.number().min(0).optional(),
});
/** Resume an upload: sent by the sweeper, and by the intake for the rest of a long one. */
export const uploadMessage = z.object({
  kind: z.literal('upload'),
  upload_id: id,
});

/** End an upload that cannot be read. Sent by the operator. */
export const giveUpMessage = z.object({ kind: z.literal('give_up'), upload_id: id });

/** The pictures of a packet were read: decide it again with their text. Sent by the OCR stage. */
export const ocrDoneMessage = z.object({ kind: z.literal('ocr_done'), packet_id: id });

/** Another office sent papers of the same person and month: the packet must say so. Sent by the intake. */
export const rivalsMessage = z.object({ kind: z.literal('rivals'), packet_id: id });

/** A reviewer entered answers or ended the review: the packet is decided again. */
export const reviewedMessage = z.object({ kind: z.literal('reviewed'), packet_id: id });

/** A city asked what edited rules would change: the next part of the replay. */
export const replayMessage = z.object({
  kind: z.literal('replay'),
  city: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  replay_id: id,
});

type PacketMessage = z.infer<typeof packetMessage>;
type ReceiptMessage = z.infer<typeof receiptMessage>;
type SummaryMessage = z.infer<typeof summaryMessage>;
type UploadMessage = z.infer<typeof uploadMessage>;
type OcrDoneMessage = z.infer<typeof ocrDoneMessage>;
type RivalsMessage = z.infer<typeof rivalsMessage>;
type ReviewLetterMessage = z.infer<typeof reviewLetterMessage>;
type ReviewedMessage = z.infer<typeof reviewedMessage>;
type ReplayMessage = z.infer<typeof replayMessage>;
export type QueueMessage =
  | PacketMessage
  | ReceiptMessage
  | SummaryMessage
  | UploadMessage
  | OcrDoneMessage
  | RivalsMessage
  | ReviewLetterMessage
  | ReviewedMessage
  | ReplayMessage;

/** The queues a function may send to. */
export type QueueName = 'intake' | 'review' | 'notify' | 'summarise' | 'ocr' | 'replay';
