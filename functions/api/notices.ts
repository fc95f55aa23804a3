import { Hono } from 'hono';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import type { NoticeRecord } from '../../shared/records/views/letter.ts';
import { auditRead } from './audit-access.ts';
import { requirePacket, requireUpload } from './caller.ts';
import type { Env } from './env.ts';
import { idOf } from './params.ts';

export const notices = new Hono<Env>();

/** The notice of a packet or the receipt of an upload, as data with its text, or as text alone. */
notices.get('/notices/:id', async (c) => {
  const { deps, caller } = c.var;
  const record = await deps.store.get<NoticeRecord>('notices', { notice_id: idOf(c) });
  if (!record) return c.notFound();
  if (record.kind === 'receipt') {
    const received = await readReceived(deps, record.upload_id);
    if (!received) return c.notFound();
    requireUpload(caller, received);
    await auditRead(c, auditOf.upload(record.upload_id));
  } else {
    const decided = await readDecision(deps, record.notice_id);
    if (!decided) return c.notFound();
    requirePacket(caller, decided);
    await auditRead(c, auditOf.case(decided), decided.packet_id);
  }
  const text = (await deps.results.read(record.text_key)).toString('utf8');
  if (c.req.query('format') === 'text') return c.text(text);
  const notice = JSON.parse((await deps.results.read(record.json_key)).toString('utf8'));
  return c.json({ ...record, text, notice });
});
