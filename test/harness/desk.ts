import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage as eachOf, parseMessage } from '../../functions/each-message.ts';
import type { IntakeDependencies } from '../../functions/intake/dependencies.ts';
import { inboxMessage } from '../../functions/intake/inbox-message.ts';
import { handleMessage } from '../../functions/intake/receive-upload.ts';
import type { OcrDependencies } from '../../functions/ocr/dependencies.ts';
import { readPictures } from '../../functions/ocr/read-pictures.ts';
import { StoredOcrTexts } from '../../functions/ocr/stored-ocr-texts.ts';
import type { recordFailure } from '../../functions/record-failure.ts';
import { REVIEW_DUE_DAYS, STEP_DEADLINES } from '../../infra/settings.ts';
import { failedPage } from '../../shared/documents/ocr/ocr-file.ts';
import { OCR_EDITION } from '../../shared/documents/ocr/ocr-text.ts';
import { MessageQueues } from '../../shared/queues/message-queues.ts';
import {
  noticeMessage,
  packetMessage,
  summaryMessage,
  sweepMessage,
} from '../../shared/queues/queue-message.ts';
import { failureKey } from '../../shared/records/events/event-keys.ts';
import { checkOpenUploads } from '../../shared/records/recovery/check-open-uploads.ts';
import { sweepOverdue, sweepUnsent } from '../../shared/records/recovery/sweep.ts';
import { personKeyOf } from '../../shared/records/store/person-key.ts';
import { RecordStore } from '../../shared/records/store/record-store.ts';
import { ResultStore } from '../../shared/records/store/result-store.ts';
import { TABLES, type TableName } from '../../shared/records/store/tables.ts';
import { recomputeSummary } from '../../shared/records/views/area-summary.ts';
import { openReview } from '../../shared/records/views/open-review.ts';
import { writeAnswer } from '../../shared/records/views/write-answer.ts';
import { writeNotice } from '../../shared/records/views/write-notice.ts';
import { writeReviewLetter } from '../../shared/records/views/write-review-letter.ts';
import type { Process } from './faults.ts';
import { kept, redaction } from './kept-verdicts.ts';
import { UnguardedStore } from './unguarded-store.ts';
import { INBOX, QUEUE_URLS, RESULTS, type Stage, type World } from './world.ts';

export type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Longer than any run: work that waits for a batch it should have hurried never ends, and the run reports it. */
const GATHER_MS = 3_600_000;
/** Every upload of a run has been received: none is looked for by its object. */
const NOTHING_IN_INBOX = { findObjects: async () => [], findMalwareResult: async () => null };
const CELL = { text: 'サービス利用票の写しです', x: 50, right: 300, y: 50, size: 12 };
/** Last bytes of a picture that shows a 個人番号 when it is read. */
export const SHOWS_MY_NUMBER = 'shows a 個人番号';
const LINE = { cells: [CELL], text: CELL.text, y: 50, size: 12 };

/**
 * The desk's functions in one process, composed as in functions/<stage>/, with the clients of that process instead of the
 * SDK's. `guarded: false` removes what prevents lost and duplicate work, by a wrapper around the store; the code that runs
 * is the same.
 */
export function deskIn(
  process: Process,
  world: World,
  options: { guarded: boolean; now: () => Date },
): Record<Stage, Handler> {
  const s3 = process.client<S3Client>('objects', world.held(world.objects));
  const db = process.client<DynamoDBDocumentClient>('tables', world.held(world.tables));
  const sqs = process.client<SQSClient>('queues', world.held(world.queues));
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
  const Store = options.guarded ? RecordStore : UnguardedStore;
  const store = new Store(db, names as Record<TableName, string>);
  const records = {
    store,
    s3,
    results: new ResultStore(s3, RESULTS),
    queues: new MessageQueues(sqs, QUEUE_URLS, 0, GATHER_MS),
    now: options.now,
    reviewDueDays: REVIEW_DUE_DAYS,
    scansForMalware: false,
    inbox: INBOX,
  };
  const note: typeof recordFailure = async (failure) => {
    await store.put('events', { ...failureKey(failure.message_id), ...failure }).catch(() => {});
  };
  const eachMessage = (event: SQSEvent, stage: Stage, work: (body: unknown) => Promise<void>) =>
    eachOf(event, stage, work, note);
  const scans = new StoredOcrTexts(records);
  const intake = async (): Promise<IntakeDependencies> => ({
    ...records,
    personKey: await personKeyOf(store),
    scans,
    isTurnOver: async () => false,
    domain: kept,
    redaction,
  });
  const scan: OcrDependencies = {
    ...records,
    scans,
    reading: async () => ({
      ...(await import('../../shared/split/find-packet.ts')),
      ...(await import('../../shared/documents/read-documents.ts')),
      ...(await import('../../shared/documents/ocr/read-unread.ts')),
      // OCR takes seconds and is not under test here.
      ocrFileIsolated: async (file, pages) => {
        const my_number = Buffer.from(await file.read()).includes(SHOWS_MY_NUMBER);
        return {
          edition: OCR_EDITION,
          digest: file.digest,
          pages_total: pages.length,
          pages: pages.map((page) => ({
            ...failedPage(page, ''),
            state: 'text' as const,
            confidence: 90,
            lines: [LINE],
            my_number,
          })),
        };
      },
    }),
  };
  return {
    intake: (event) =>
      eachMessage(event, 'intake', async (body) => {
        const message = parseMessage(inboxMessage, body);
        await handleMessage(await intake(), message);
      }),
    review: (event) =>
      eachMessage(event, 'review', async (body) => {
        await openReview(records, parseMessage(packetMessage, body).packet_id);
      }),
    notify: (event) =>
      eachMessage(event, 'notify', async (body) => {
        const message = parseMessage(noticeMessage, body);
        if (message.kind === 'packet') await writeNotice(records, message.packet_id, { run: message.run });
        else if (message.kind === 'review_letter')
          await writeReviewLetter(records, message.packet_id, message.act);
        else await writeAnswer(records, message.upload_id);
      }),
    // A city asks for a replay; no fault run does.
    replay: (event) => eachMessage(event, 'replay', async () => {}),
    summarise: (event) =>
      eachMessage(event, 'summarise', async (body) => {
        const at = parseMessage(summaryMessage, body);
        if (store instanceof UnguardedStore) await store.increment(at, options.now());
        else await recomputeSummary(store, at, options.now());
      }),
    ocr: (event) =>
      eachMessage(event, 'ocr', (body) => readPictures(scan, parseMessage(packetMessage, body).packet_id)),
    sweep: (event) =>
      eachMessage(event, 'sweep', async (body) => {
        const { older_than_minutes = 10 } = parseMessage(sweepMessage, body);
        const before = new Date(options.now().getTime() - older_than_minutes * 60_000);
        const { errors } = await sweepUnsent(records, before);
        // What fails is checked again at the next sweep, and would here fail the whole message too often.
        await checkOpenUploads(records, STEP_DEADLINES, NOTHING_IN_INBOX, before.toISOString()).catch(
          () => {},
        );
        await sweepOverdue(records);
        if (errors.length > 0) throw new Error(`${errors.length} could not be settled`);
      }),
  };
}
