import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { FINDING_COLUMNS, findingRows } from '../../shared/letters/finding-table.ts';
import type { Letter } from '../../shared/letters/letter.ts';
import type { Notice } from '../../shared/letters/notice.ts';
import { noticeLetter } from '../../shared/letters/notice-letter.ts';
import type { Receipt } from '../../shared/letters/receipt.ts';
import { receiptLetter } from '../../shared/letters/receipt-letter.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readUpload } from '../../shared/records/events/read-upload.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { type NoticeRecord, readLetter } from '../../shared/records/views/letter.ts';
import { receiptIn } from '../../shared/records/views/write-receipt.ts';
import { auditRead } from './audit-access.ts';
import { requirePacket, requireUpload } from './caller.ts';
import { downloadCsv, downloadPdf } from './download.ts';
import type { ApiContext, Env } from './env.ts';
import { query } from './inputs.ts';
import { idOf, noSuch } from './params.ts';

/** The record of a notice the caller may read, noted in the audit trail; null where no such notice exists. */
async function readableNotice(c: ApiContext): Promise<NoticeRecord | null> {
  const { deps, caller } = c.var;
  const record = await deps.store.get<NoticeRecord>('notices', { notice_id: idOf(c) });
  if (!record) return readableReceipt(c);
  const decided = await readDecision(deps, record.packet_id ?? record.notice_id);
  if (!decided) return null;
  requirePacket(caller, decided);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  return record;
}

async function readableReceipt(c: ApiContext): Promise<NoticeRecord | null> {
  const { deps, caller } = c.var;
  const upload = await readUpload(deps, idOf(c));
  const record = receiptIn(upload);
  if (!record || !upload.received) return null;
  requireUpload(caller, upload.received);
  await auditRead(c, auditOf.upload(record.upload_id));
  return record;
}

function letterOf({ kind }: NoticeRecord, data: unknown): Letter {
  if (kind === 'advice') return (data as { letter: Letter }).letter;
  return kind === 'receipt' ? receiptLetter(data as Receipt, null) : noticeLetter(data as Notice);
}

export const notices = new Hono<Env>()
  /**
   * The notice of a packet or the receipt of an upload: as data with its text and as a letter, as text alone, as a printed letter
   * (`format=pdf`), and the findings of a notice as a table (`format=csv`).
   */
  .get('/notices/:id', query('format', 'encoding'), async (c) => {
    const { deps } = c.var;
    const record = await readableNotice(c);
    if (!record) return noSuch();
    const format = c.req.valid('query').format ?? 'json';
    const { text, data } = await readLetter<Notice | Receipt>(deps, record);
    switch (format) {
      case 'text':
        return c.text(text);
      case 'json':
        return c.json({ ...record, text, notice: data, letter: letterOf(record, data) });
      case 'pdf': {
        const { drawLetter } = await import('../../shared/letters/draw-letter.ts');
        const letter = letterOf(record, data);
        return downloadPdf(c, `${letter.title}_${letter.number}`, await drawLetter(letter));
      }
      case 'csv': {
        if (record.kind === 'receipt' || record.kind === 'advice')
          throw new HTTPException(400, {
            message: '指摘の一覧は、書類一式の通知から作れます。受付票にはありません。',
          });
        const notice = data as Notice;
        return downloadCsv(c, `指摘一覧_${notice.number}`, FINDING_COLUMNS, findingRows(notice));
      }
      default:
        throw new HTTPException(400, {
          message: '形 (format) は text、pdf、csv のどれかを指定してください。',
        });
    }
  });
