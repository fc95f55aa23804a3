import { Hono } from 'hono';
import { listKey } from '../../shared/access/sender.ts';
import { readAnnounced, readFinished, readReceived } from '../../shared/records/events/read-upload.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { PACKET_PARTS, type PacketLine } from '../../shared/records/views/packet-line.ts';
import { stateOf, type UploadLine } from '../../shared/records/views/upload-line.ts';
import { auditRead } from './audit-access.ts';
import { requireSender, requireUpload } from './caller.ts';
import { type Env, PAGE } from './env.ts';

export const uploads = new Hono<Env>();

/** The uploads of the caller, the newest first; for the operator those of one office, or without an office. */
uploads.get('/uploads', async (c) => {
  const { deps, caller } = c.var;
  const list = listKey(requireSender(caller, c.req.query('office') ?? null));
  await auditRead(c, auditOf.office(list));
  const lines = deps.store.index<UploadLine>('submissions', 'office', list, {
    newestFirst: true,
    limit: PAGE,
  });
  return c.json({ uploads: await collect(lines) });
});

/** One upload with its packets, `PAGE` of them from the part `after`. */
uploads.get('/uploads/:id', async (c) => {
  const { deps, caller } = c.var;
  const upload_id = c.req.param('id');
  const received = await readReceived(deps, upload_id);
  if (!received) {
    const announced = await readAnnounced(deps, upload_id);
    if (!announced) return c.notFound();
    requireUpload(caller, announced);
    return c.json({ upload_id, name: announced.name, state: 'announced', packets: [], next: null });
  }
  requireUpload(caller, received);
  await auditRead(c, auditOf.upload(upload_id));
  const after = c.req.query('after') ?? PACKET_PARTS;
  const lines = await collect(
    deps.store.partition<PacketLine>('submissions', upload_id, { after, limit: PAGE }),
  );
  const packets = lines.filter((line) => line.part.startsWith(PACKET_PARTS));
  const finished = await readFinished(deps, upload_id);
  const next = packets.length === PAGE ? packets.at(-1)!.part : null;
  return c.json({
    upload_id,
    name: received.name,
    received_at: received.at,
    finished_at: finished?.at ?? null,
    state: await stateOf(deps, received, finished),
    total: finished?.packets ?? null,
    repeated: finished?.repeated ?? null,
    packets,
    next,
  });
});
