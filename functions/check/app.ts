import { Hono } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { printable } from '../../shared/text/printable.ts';
import { callerOf, requireSender } from '../api/caller.ts';
import { DOOR_HEADER, requireDoor, requireOwnDoor } from '../api/door.ts';
import { answerError } from '../api/errors.ts';
import { query } from '../api/inputs.ts';
import { checkUpload } from './check-upload.ts';
import { dependencies } from './dependencies.ts';

/** Most bytes of a check: a function gets 6 MB at most, and base64 makes four bytes of three. */
const MOST_BYTES = 4 * 1024 ** 2;
const MEGABYTES = MOST_BYTES / 1024 ** 2;

/** Checks run in a function of their own, which can read what decides and write nothing. */
export const app = new Hono<{ Bindings: { event: LambdaEvent } }>();
/** The route with its input and answer, for the typed client of the page. */
export type CheckType = typeof routes;

app.onError(answerError);
app.use(async (c, next) => {
  requireDoor(c.env?.event, c.req.header(DOOR_HEADER));
  await next();
});

const routes = app
  /** The bytes of a ZIP or another file, as they would be sent → what would be decided today. Nothing is stored. */
  .post('/checks', query('name', 'office'), async (c) => {
    const { name = '', office = null } = c.req.query();
    const caller = callerOf(c.env?.event);
    requireOwnDoor(c.env?.event, caller.roles);
    const sender = requireSender(caller, office);
    const deps = await dependencies();
    if (!deps.opensUnscanned)
      throw new HTTPException(409, {
        message:
          'この受付は、ウイルス検査を通したものだけを開く設定です。送る前の確認はできません。そのまま送ってください。',
      });
    const bytes = Buffer.from(await c.req.arrayBuffer());
    if (bytes.length === 0)
      throw new HTTPException(400, { message: '確認する書類がありません。書類を選んでください。' });
    if (bytes.length > MOST_BYTES)
      throw new HTTPException(413, {
        message: `送る前に確認できるのは ${MEGABYTES} MB までです。分けて確認するか、そのまま送ってください。`,
      });
    return c.json(await checkUpload(deps, { name: printable(name).slice(0, 255) || '書類', bytes, sender }));
  });
