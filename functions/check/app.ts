import { Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';
import { officeOf } from '../../shared/access/sender.ts';
import { printable } from '../../shared/text/printable.ts';
import { auditRead } from '../api/audit-access.ts';
import { requireSender } from '../api/caller.ts';
import { type DoorEnv, throughDoor, withCaller } from '../api/enter.ts';
import { answerError } from '../api/errors.ts';
import { joinedPacket, joinsInput } from '../api/joined-packet.ts';
import { checkQuery } from '../api/query-words.ts';
import { checkUpload } from './check-upload.ts';
import { type CheckDependencies, dependencies } from './dependencies.ts';

/** Most bytes of a check: a function gets 6 MB at most, and base64 makes four bytes of three. */
const MOST_BYTES = 4 * 1024 ** 2;
const MEGABYTES = MOST_BYTES / 1024 ** 2;

export type CheckEnv = DoorEnv<CheckDependencies>;

/** `joins`: number of the packet the files complete; `replaces`: paths of its files, as often as there are. */
interface Query {
  name?: string;
  office?: string;
  joins?: string;
  replaces?: string | string[];
}

const readQuery: MiddlewareHandler<CheckEnv, string, { in: { query: Query } }> = async (c, next) => {
  checkQuery(c.req.query(), ['name', 'office', 'joins', 'replaces']);
  await next();
};

function readJoins(
  packet_id: string | undefined,
  replaces: string[] = [],
): z.infer<typeof joinsInput> | null {
  if (!packet_id) return null;
  const input = joinsInput.safeParse({ packet_id, replaces });
  if (input.success) return input.data;
  throw new HTTPException(400, {
    message: '書類を加える提出の番号 (joins) と、差し替える書類の名前 (replaces) を確かめてください。',
  });
}

/** The dry run. */
export const checks = new Hono<CheckEnv>()
  /** The bytes of a ZIP or another file, as they would be sent → what would be decided today. Nothing is stored. */
  .post('/checks', readQuery, async (c) => {
    const { deps, caller } = c.var;
    const { name = '', office = null } = c.req.query();
    const asked = readJoins(c.req.query('joins'), c.req.queries('replaces'));
    const joined = asked && (await joinedPacket(c, asked, auditRead));
    const sender = requireSender(caller, office ?? (joined && officeOf(joined.decided.sender)));
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
    const upload = { name: printable(name).slice(0, 255) || '書類', bytes, sender, joins: joined?.joins };
    return c.json(await checkUpload(deps, upload));
  });

/** Checks run in a function of their own, which can read what decides, and writes who read a stored packet and nothing else. */
export const app = new Hono<CheckEnv>();
/** The route with its input and answer, for the typed client of the page. */
export type CheckType = typeof checks;

app.onError(answerError);
app.use(throughDoor, withCaller(dependencies));
app.route('/', checks);
