import * as z from 'zod';
import { recordContext, recordStore, sqsClient } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { askToGiveUp, NOT_OPEN } from '../functions/operate/ask-to-give-up.ts';
import { countStages, explainedLetters } from '../functions/operate/health.ts';
import { isMessageId, queuesOf, redriveTarget } from '../functions/operate/redrive-target.ts';
import type { StageQueue } from '../functions/operate/stage-queue.ts';
import { uploadOf } from '../shared/records/events/read-upload.ts';
import { auditOf, recordAccess } from '../shared/records/lifecycle/audit.ts';
import { rebuild } from '../shared/records/recovery/rebuild.ts';
import { objectVersions } from '../shared/records/store/object-versions.ts';
import { NO_REMAINS, type Remains } from '../shared/records/store/remains.ts';
import { isResultLost } from '../shared/records/store/result-store.ts';
import { announceObject } from './announce-object.ts';
import {
  type Operation,
  OperationError,
  type OperationResult,
  operatorName,
  parseInput,
} from './operation.ts';
import { unreadUploads } from './unread-uploads.ts';

/**
 * Runs an operator's request, on one machine and in the cloud alike. Finds tables, buckets and clients by the stack's
 * settings in the environment. Records the access in the audit trail before it acts.
 */
export async function operate(
  operation: Operation,
  queues: StageQueue[],
  remains: Remains = NO_REMAINS,
): Promise<OperationResult> {
  try {
    const body = await run(operation, queues, remains);
    return body ? { status: 200, body } : { status: 404, body: { message: 'その操作はありません。' } };
  } catch (error) {
    if (isResultLost(error)) return { status: 500, body: { message: RESULT_LOST } };
    if (!(error instanceof OperationError)) throw error;
    return { status: 400, body: { message: error.message } };
  }
}

const RESULT_LOST =
  '保存していた判定か通知の内容が失われているため、できませんでした。npm run -s uketsuke -- rebuild で作り直してから、もう一度行ってください。';

async function run(
  { verb, target, input }: Operation,
  queues: StageQueue[],
  remains: Remains,
): Promise<object | null> {
  if (verb === 'case') {
    const { operateOnCase } = await import('./operate-on-case.ts');
    return operateOnCase(target ?? '', input, remains);
  }
  if (verb === 'people') {
    const { operateOnPeople } = await import('./people/operate-on-people.ts');
    return operateOnPeople(target ?? '', input);
  }
  if (verb === 'queues') return { queues: await countStages({ sqs: sqsClient() }, queues) };
  const { by } = parseInput(operatorInput, input);
  const audit = (does: 'read' | 'change', record: string) =>
    recordAccess(
      recordStore(),
      { roles: ['operator'], subject: by },
      { does, record, what: `operate.${verb}`, of: target },
      new Date(),
    );
  if (verb === 'dead-letters') {
    await audit('read', auditOf.desk('dead-letters'));
    return { dead_letters: await explainedLetters({ sqs: sqsClient(), store: recordStore() }, queues) };
  }
  if (verb === 'redrive') {
    const selected = selectQueues(target ?? '', queues);
    await audit('change', auditOf.desk('dead-letters'));
    return { moved: await moveBack(target ?? '', selected) };
  }
  if (verb === 'rebuild') {
    await audit('change', auditOf.desk('read-models'));
    const records = recordContext([]);
    const rebuilt = await rebuild(records, records.store.everything('events'), async (lost) => {
      // Loaded on demand: the readers of documents and the rules.
      const { dependencies } = await import('../functions/intake/dependencies.ts');
      const { restoreVerdict } = await import('../functions/intake/restore-verdict.ts');
      await restoreVerdict(await dependencies(), lost);
    });
    const { lost, failed } = await unreadUploads();
    return { ...rebuilt, failed: [...rebuilt.failed, ...failed], lost };
  }
  if (verb === 'give-up') {
    await audit('change', auditOf.desk('uploads'));
    const context = { store: recordStore(), sqs: sqsClient(), queues };
    if (!(await askToGiveUp(context, target ?? ''))) throw new OperationError(NOT_OPEN);
    return { upload_id: target };
  }
  if (verb === 'recover') {
    await audit('change', auditOf.desk('inbox'));
    return { announced: await announceUnrecorded(queues) };
  }
  if (verb === 'replay') {
    await audit('read', auditOf.desk('cases'));
    return {};
  }
  return null;
}

const operatorInput = z.strictObject({ by: operatorName });

function selectQueues(target: string, queues: StageQueue[]): StageQueue[] {
  const selected = queuesOf(target, queues);
  if (selected.length > 0) return selected;
  const stages = queues.map((queue) => queue.stage).join('、');
  throw new OperationError(
    `「${target}」という段階はありません。段階 (${stages})、メッセージの番号、all のどれかを指定してください。`,
  );
}

async function moveBack(target: string, queues: StageQueue[]): Promise<Record<string, number>> {
  const moved = await redriveTarget(sqsClient(), target, queues);
  if (isMessageId(target) && Object.keys(moved).length === 0)
    throw new OperationError(
      `メッセージ ${target} は退避されていません。番号は uketsuke redrive で確かめてください。`,
    );
  return moved;
}

/** Announces to the intake every upload that is in the inbox and not in the event log. Returns how many. */
async function announceUnrecorded(queues: StageQueue[]): Promise<number> {
  const records = recordContext([]);
  const bucket = setting('INBOX');
  const queueUrl = queues.find(({ stage }) => stage === 'intake')!.url;
  let announced = 0;
  for await (const object of objectVersions(records.s3, bucket, 'uploads/')) {
    if (await uploadOf(records, object)) continue;
    await announceObject(sqsClient(), { bucket, queueUrl }, object);
    announced++;
  }
  return announced;
}
