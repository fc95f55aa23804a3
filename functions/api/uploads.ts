import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { mayListLine } from '../../shared/access/rights.ts';
import { listKey, OFFICE_NUMBER } from '../../shared/access/sender.ts';
import { readAnnounced, readFinished, readReceived } from '../../shared/records/events/read-upload.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { PACKET_PARTS, type PacketLine } from '../../shared/records/views/packet-line.ts';
import { type PictureProgress, pictureProgress } from '../../shared/records/views/picture-progress.ts';
import { stateOf, type UploadLine, type UploadState } from '../../shared/records/views/upload-line.ts';
import { scansNothing } from '../aws.ts';
import { auditRead } from './audit-access.ts';
import { requireSender, requireUpload } from './caller.ts';
import { type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { type ListedLine, withStates } from './packet-states.ts';
import { cursorOf, readCursor } from './pages.ts';
import { idOf, noSuch } from './params.ts';

/** `pictures`: they are being read, and the packet gets a second decision. */
type AnsweredPacket = ListedLine & { pictures: PictureProgress | null };

/** One upload and a page of its packets. */
interface UploadAnswer {
  upload_id: string;
  name: string;
  received_at: string | null;
  finished_at: string | null;
  /** announced: its file has not arrived */
  state: UploadState | 'announced';
  total: number | null;
  repeated: number | null;
  packets: AnsweredPacket[];
  next: string | null;
}

const NOT_RECEIVED = {
  received_at: null,
  finished_at: null,
  state: 'announced' as const,
  total: null,
  repeated: null,
  packets: [],
  next: null,
};

/** More than any part of a packet in an upload. */
const LONGEST_PART = 100;

/** Where nothing is scanned, no one waits for a scan. */
const shownState = (state: UploadState): UploadState =>
  state === 'malware_scan' && scansNothing() ? 'received' : state;

export const uploads = new Hono<Env>()
  /**
   * The uploads of the caller, the newest first, `PAGE` of them from the cursor `after`; for the operator those of one
   * office, or without an office.
   */
  .get('/uploads', query('after', 'office'), async (c) => {
    const { deps, caller } = c.var;
    const after = readCursor(c.req.valid('query').after, ['received_at', 'upload_id', 'part']);
    const { office = null } = c.req.valid('query');
    if (office !== null && !OFFICE_NUMBER.test(office))
      throw new HTTPException(400, { message: '事業所番号 (office) は10桁で指定してください。' });
    const list = listKey(requireSender(caller, office));
    await auditRead(c, auditOf.office(list));
    const { items, next } = await deps.store.indexPage<UploadLine>('submissions', 'office', list, {
      newestFirst: true,
      limit: PAGE,
      after,
    });
    const lines = items
      .filter((line) => mayListLine(caller, line))
      .map(({ sender_areas, ...line }) => ({ ...line, state: shownState(line.state) }));
    return c.json({ uploads: lines, next: cursorOf(next) });
  })
  /** One upload with its packets, `PAGE` of them from the part `after`. */
  .get('/uploads/:id', query('after'), async (c) => {
    const { deps, caller } = c.var;
    const upload_id = idOf(c);
    const received = await readReceived(deps, upload_id);
    if (!received) {
      const announced = await readAnnounced(deps, upload_id);
      if (!announced) return noSuch();
      requireUpload(caller, announced);
      const { name } = announced;
      return c.json<UploadAnswer>({ ...NOT_RECEIVED, upload_id, name });
    }
    requireUpload(caller, received);
    await auditRead(c, auditOf.upload(upload_id));
    const { after = PACKET_PARTS } = c.req.valid('query');
    if (after.length > LONGEST_PART)
      throw new HTTPException(400, {
        message: '続きの指定 (after) が正しくありません。一覧の初めから開き直してください。',
      });
    const lines = await collect(
      deps.store.partition<PacketLine>('submissions', upload_id, { after, limit: PAGE }),
    );
    const listed = withStates(lines.filter((line) => line.part.startsWith(PACKET_PARTS)));
    const packets = await Promise.all(
      listed.map(async (line) => ({ ...line, pictures: await pictureProgress(deps.store, line) })),
    );
    const finished = await readFinished(deps, upload_id);
    const next = packets.length === PAGE ? packets.at(-1)!.part : null;
    return c.json<UploadAnswer>({
      upload_id,
      name: received.name,
      received_at: received.at,
      finished_at: finished?.at ?? null,
      state: shownState(await stateOf(deps, received, finished)),
      total: finished?.packets ?? null,
      repeated: finished?.repeated ?? null,
      packets,
      next,
    });
  });
