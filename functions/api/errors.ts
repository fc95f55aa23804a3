import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { isResultLost } from '../../shared/records/store/result-store.ts';
import { errorCode, log } from '../log.ts';

const RESULT_LOST =
  '保存していた判定か通知の内容が失われています。受付の担当者に、rebuild で作り直すよう伝えてください。';
const UPLOAD_LOST =
  '保存していた送付物が失われているか、受け付けたときから変わっています。受付の担当者に、バックアップから戻すよう伝えてください。';

/** What the caller reads where a request failed: the message of a refusal, or one sentence about a fault. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof HTTPException) return error.res ?? c.json({ message: error.message }, error.status);
  log('error', 'request failed', { route: routePath(c), code: errorCode(error) });
  if (isResultLost(error)) return c.json({ message: RESULT_LOST }, 500);
  if (error.name === 'UploadChanged') return c.json({ message: UPLOAD_LOST }, 500);
  if (process.env.UKETSUKE_DEBUG) process.stderr.write(`${error.stack}\n`);
  return c.json(
    {
      message:
        '受付で想定外のエラーが起きました。時間をおいて、もう一度お試しください。続くときは受付の担当者にお知らせください。',
    },
    500,
  );
}
