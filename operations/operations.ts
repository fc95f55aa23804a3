import { z } from 'zod';
import { recordContext, recordStore, sqsClient } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { Notifier } from '../host/emulators/notifier.ts';
import { failureKey } from '../shared/records/events/event-keys.ts';
import { readEvent } from '../shared/records/events/event-log.ts';
import { uploadOf } from '../shared/records/events/read-upload.ts';
import type { InboxObject } from '../shared/records/events/upload-id.ts';
import { auditOf, recordAccess } from '../shared/records/lifecycle/audit.ts';
import { rebuild } from '../shared/records/recovery/rebuild.ts';
import { type Answer, actor, type Operation, OperationError } from './operation.ts';
import {
  countMessages,
  type DeadLetter,
  deadLetters,
  PATIENT,
  redrive,
  type StageQueue,
} from './queue-care.ts';

/**
 * What an operator may ask of a desk, on one machine and in the cloud alike: `operate/<verb>/<of>`. Finds tables, buckets
 * and clients by the settings of the stack in the environment. Everything is in the trail before it is done.
 */
export async function operate(operation: Operation, queues: StageQueue[]): Promise<Answer> {
  try {
    const body = await result(operation, queues);
    return body ? { status: 200, body } : { status: 404, body: { message: 'その操作はありません。' } };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { status: 400, body: { message: error.message } };
  }
}

async function result({ verb, of, said }: Operation, queues: StageQueue[]): Promise<object | null> {
  if (verb === 'case') {
    const { operateOnCase } = await import('./case-operations.ts');
    return operateOnCase(of ?? '', said);
  }
  if (verb === 'queues') return { queues: await counts(queues) };
  const by = whoAsks(said);
  const note = (does: 'read' | 'change', record: string) =>
    recordAccess(
      recordStore(),
      { roles: ['operator'], subject: by },
      { does, record, what: `operate.${verb}`, of },
      new Date(),
    );
  if (verb === 'dead-letters') {
    await note('read', auditOf.desk('dead-letters'));
    return { dead_letters: await whyDead(queues) };
  }
  if (verb === 'redrive') {
    const chosen = stagesMeant(of ?? '', queues);
    await note('change', auditOf.desk('dead-letters'));
    return { moved: await redriveAll(chosen, isMessageId(of) ? of : undefined) };
  }
  if (verb === 'rebuild') {
    await note('change', auditOf.desk('read-models'));
    const records = recordContext([]);
    return rebuild(records, records.store.everything('events'));
  }
  if (verb === 'recover') {
    await note('change', auditOf.desk('inbox'));
    return { told: await tellUnknown(queues) };
  }
  if (verb === 'replay') {
    await note('read', auditOf.desk('cases'));
    return {};
  }
  return null;
}

function whoAsks(said: unknown): string {
  const asked = z.object({ by: actor }).safeParse(said ?? {});
  if (!asked.success) throw new OperationError('操作する人の名前（by）を、文字列で指定してください。');
  return asked.data.by;
}

const isMessageId = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(text ?? '');

/** A message may lie in any of them: its stage is not asked for. */
function stagesMeant(of: string, queues: StageQueue[]): StageQueue[] {
  if (of === 'all' || isMessageId(of)) return queues;
  const chosen = queues.filter((queue) => queue.stage === of);
  if (chosen.length > 0) return chosen;
  const stages = queues.map((queue) => queue.stage).join('、');
  throw new OperationError(
    `「${of}」という段階はありません。段階 (${stages})、メッセージの番号、all のどれかを指定してください。`,
  );
}

async function redriveAll(queues: StageQueue[], only: string | undefined): Promise<Record<string, number>> {
  const sqs = sqsClient();
  const moved = await Promise.all(
    queues.map(async (queue) => [queue.stage, await redrive(sqs, queue, { only, wait: PATIENT })] as const),
  );
  if (only && moved.every(([, count]) => count === 0))
    throw new OperationError(
      `メッセージ ${only} は退避されていません。番号は uketsuke redrive で確かめてください。`,
    );
  return Object.fromEntries(moved.filter(([, count]) => count > 0));
}

/** Tells the intake of every upload that lies in the inbox and not in the log. */
function tellUnknown(queues: StageQueue[]): Promise<number> {
  const records = recordContext([]);
  const to = {
    bucket: setting('INBOX'),
    prefix: 'uploads/',
    queueUrl: queues.find(({ stage }) => stage === 'intake')!.url,
  };
  const isKnown = async (object: InboxObject) => (await uploadOf(records, object)) !== null;
  return new Notifier(records.s3, sqsClient(), to, isKnown).look();
}

function counts(queues: StageQueue[]): Promise<{ stage: string; waiting: number; dead: number }[]> {
  const sqs = sqsClient();
  return Promise.all(
    queues.map(async (queue) => ({ stage: queue.stage, ...(await countMessages(sqs, queue)) })),
  );
}

/** What was set aside, with the reason put down beside it. */
async function whyDead(
  queues: StageQueue[],
): Promise<(DeadLetter & { reason: string | null; tries: number | null })[]> {
  const [sqs, store] = [sqsClient(), recordStore()];
  const letters = await Promise.all(queues.map((queue) => deadLetters(sqs, queue)));
  return Promise.all(
    letters.flat().map(async (letter) => {
      const failed = await readEvent(store, failureKey(letter.message_id));
      return { ...letter, reason: failed?.code ?? null, tries: failed?.tries ?? null };
    }),
  );
}
