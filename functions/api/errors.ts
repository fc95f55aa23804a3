import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { isBeingErased } from '../../shared/records/events/read-retention.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import { isResultLost } from '../../shared/records/store/result-store.ts';
import { errorCode, log } from '../log.ts';
import type { DoorEnv } from './enter.ts';

const RESULT_LOST =
  '保存していた判定か通知の内容が失われています。受付の担当者に、rebuild で作り直すよう伝えてください。';
const ERASING =
  'この案件は保存期間が終わり、廃棄の途中で止まっています。受付の担当者に、同じ廃棄をもう一度行うよう伝えてください。';
const UPLOAD_LOST =
  '保存していた送付物が失われているか、受け付けたときから変わっています。受付の担当者に、バックアップから戻すよう伝えてください。';

/** What the caller reads where a request failed: the message of a refusal, or one sentence about a fault. */
export async function answerError(error: Error, c: Context): Promise<Response> {
  if (error instanceof HTTPException) return error.res ?? c.json({ message: error.message }, error.status);
  log('error', 'request failed', { route: routePath(c), code: errorCode(error) });
  const isLost = isResultLost(error) || error.name === 'UploadChanged';
  if (isLost && (await isErasing(c))) return c.json({ message: ERASING }, 410);
  if (isResultLost(error)) return c.json({ message: RESULT_LOST }, 500);
  if (isLost) return c.json({ message: UPLOAD_LOST }, 500);
  if (process.env.UKETSUKE_DEBUG) process.stderr.write(`${error.stack}\n`);
  return c.json(
    {
      message:
        '受付で想定外のエラーが起きました。時間をおいて、もう一度お試しください。続くときは受付の担当者にお知らせください。',
    },
    500,
  );
}

/** Whether the packet in the path is of a case whose erasure was interrupted. */
async function isErasing(c: Context): Promise<boolean> {
  const { deps }: Partial<DoorEnv<Pick<RecordContext, 'store'>>['Variables']> = c.var;
  const id = c.req.param('id');
  if (!deps || !id) return false;
  // Where the tables do not answer either, the caller still reads what failed first.
  return isBeingErased(deps, id).catch(() => false);
}
