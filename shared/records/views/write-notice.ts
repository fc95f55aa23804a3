import { UploadLedger } from '../../decision/upload-ledger.ts';
import { composeNotice, type Notice } from '../../letters/notice.ts';
import { type Receipt, renderReceipt } from '../../letters/receipt.ts';
import { renderNotice } from '../../letters/render-notice.ts';
import type { Registry } from '../../registry/registry.ts';
import { append, packetStream, uploadStream } from '../events/event-log.ts';
import { versionOf } from '../steps/record-case.ts';
import { type PacketDecided, readDecision } from '../steps/record-packet.ts';
import { readFinished, readReceived } from '../steps/record-upload.ts';
import { type RecordContext, UNKNOWN_OFFICE } from '../store/record-context.ts';
import { loadRegistry } from '../store/registry-store.ts';
import { safeKey } from '../store/verdict-store.ts';
import type { PacketLine } from './submission.ts';

/** Where a notice or a receipt lies in the results: a text for people and the same as data. */
export interface NoticeRecord {
  notice_id: string;
  kind: 'accept' | 'review' | 'return' | 'receipt';
  office: string;
  upload_id: string;
  at: string;
  text_key: string;
  json_key: string;
  /** the run of the packet it tells of; a later one takes its place */
  run?: number;
}

/**
 * Writes the one notice of a packet: text and data under the office's own prefix.
 * Everything in it comes from the decision, so that a second delivery writes the same bytes. `keepText`: a letter that
 * was sent stays as it was sent (names of the registry may have changed since); only one that is lost is written again.
 */
export async function writeNotice(
  records: RecordContext,
  packetId: string,
  { keepText = false } = {},
): Promise<NoticeRecord> {
  const decided = await readDecision(records, packetId);
  if (!decided) throw new Error(`no decision for packet ${packetId}`);
  const there = await records.store.get<NoticeRecord>('notices', { notice_id: packetId });
  if (there && !keepText && (there.run ?? 1) >= decided.run) return there;
  const verdict = await records.results.readVerdict(decided);
  const version = await versionOf(records.store, decided);
  const registry = await loadRegistry(records.store, decided.city);
  const notice = composeNotice(verdict, {
    receipt: decided.upload_id,
    received_at: decided.received_at,
    issued_at: decided.at,
    version: version?.version ?? 1,
    first: {
      receipt: version?.first_upload_id ?? decided.upload_id,
      received_at: version?.first_received_at ?? decided.received_at,
    },
    review_due: decided.review_due,
    ...namesOf(registry, decided),
  });
  const record = noticeRecord(notice, decided);
  await writeLetter(records, record, notice, renderNotice(notice), keepText);
  await append(records.store, {
    stream: packetStream(packetId),
    seq: decided.run > 1 ? `3#notice#${String(decided.run).padStart(4, '0')}` : '3#notice',
    type: 'notice.written',
    at: records.now().toISOString(),
  });
  await records.store.putIf('notices', record, {
    expression: 'attribute_not_exists(notice_id) OR #run < :run',
    names: { '#run': 'run' },
    values: { ':run': decided.run },
  });
  return record;
}

/**
 * Writes the one receipt of an upload, listing every packet of it, repeated ones with their first receipt.
 * What an office holds in its hands stays as it is: a second delivery does not write it anew with later decisions.
 */
export async function writeReceipt(
  records: RecordContext,
  uploadId: string,
  { keepText = false } = {},
): Promise<NoticeRecord> {
  const there = await records.store.get<NoticeRecord>('notices', { notice_id: uploadId });
  if (there && !keepText) return there;
  const received = await readReceived(records, uploadId);
  const finished = await readFinished(records, uploadId);
  if (!received || !finished) throw new Error(`upload ${uploadId} is not finished`);
  const lines: PacketLine[] = [];
  for await (const line of records.store.partition<PacketLine>('submissions', uploadId, {
    begins: 'packet#',
  }))
    lines.push(line);
  const receipt = composeReceipt(lines, {
    receipt: uploadId,
    name: received.name,
    office: received.office ?? lines.find((l) => l.office_number)?.office_number ?? null,
    received_at: received.at,
    finished_at: finished.at,
    entries: finished.entries,
  });
  const office = receipt.office ?? UNKNOWN_OFFICE;
  const base = `offices/${safeKey(office)}/receipts/${safeKey(uploadId)}`;
  const record: NoticeRecord = {
    notice_id: uploadId,
    kind: 'receipt',
    office,
    upload_id: uploadId,
    at: finished.at,
    text_key: `${base}.txt`,
    json_key: `${base}.json`,
  };
  await writeLetter(records, record, receipt, renderReceipt(receipt), keepText);
  await append(records.store, {
    stream: uploadStream(uploadId),
    seq: '4#receipt',
    type: 'receipt.written',
    at: records.now().toISOString(),
  });
  await records.store.putOnce('notices', record);
  return record;
}

async function writeLetter(
  { results }: RecordContext,
  { json_key, text_key }: NoticeRecord,
  data: object,
  text: string,
  keepText: boolean,
): Promise<void> {
  if (keepText && (await results.has(json_key)) && (await results.has(text_key))) return;
  await results.write(json_key, JSON.stringify(data, null, 1), 'application/json; charset=utf-8');
  await results.write(text_key, text, 'text/plain; charset=utf-8');
}

/** Totals are those of the upload: a file that lies in two packets (a stack of papers that was split) counts once. */
function composeReceipt(
  lines: PacketLine[],
  {
    entries,
    ...head
  }: Pick<Receipt, 'receipt' | 'name' | 'office' | 'received_at' | 'finished_at'> & { entries?: number },
): Receipt {
  const own = lines.filter((line) => line.outcome === 'decided');
  const decided = (decision: string) => own.filter((line) => line.decision === decision).length;
  const ledger = new UploadLedger(entries ?? 0);
  for (const line of lines) ledger.add(line.ledger);
  // An upload that nobody could open is one file.
  const files = entries || lines.reduce((sum, line) => sum + line.ledger.files, 0);
  return {
    ...head,
    packets: lines,
    counts: {
      accept: decided('accept'),
      review: decided('review'),
      return: decided('return'),
      repeated: lines.length - own.length,
    },
    files,
    pages: ledger.pages,
    rows: ledger.rows,
    accounted: ledger.open === 0 && (entries === undefined || ledger.isClosed),
  };
}

function noticeRecord(notice: Notice, decided: PacketDecided): NoticeRecord {
  const again = decided.run > 1 ? `-${decided.run}` : '';
  const base = `offices/${safeKey(decided.office)}/notices/${safeKey(decided.packet_id)}${again}`;
  return {
    notice_id: decided.packet_id,
    kind: notice.kind,
    office: decided.office,
    upload_id: decided.upload_id,
    at: decided.at,
    text_key: `${base}.txt`,
    json_key: `${base}.json`,
    run: decided.run,
  };
}

function namesOf(registry: Registry | null, decided: PacketDecided) {
  const area = registry?.areas.find((one) => one.key === decided.area);
  return {
    office_name: registry?.offices.find((one) => one.number === decided.office)?.name ?? null,
    area_name: area?.name ?? null,
    center_name: registry?.centers.find((one) => one.number === area?.center)?.name ?? null,
  };
}
