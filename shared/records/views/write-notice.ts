import { officeOf } from '../../access/sender.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import { composeNotice, type Notice } from '../../letters/notice.ts';
import { renderNotice } from '../../letters/render-notice.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CaseVersion } from '../events/case-events.ts';
import { packetKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { keptBefore, versionsOf } from '../events/read-case.ts';
import { readPacketStream } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { loadRegistry } from '../store/registry-store.ts';
import { safeKey } from '../store/result-store.ts';
import { type NoticeRecord, writeLetter } from './letter.ts';

/**
 * Writes the notice of a packet: text and data under the office's own prefix. Everything in it comes from the decision,
 * so that a second delivery writes the same bytes.
 * @param keepText a letter that was sent stays as it was (names in the registry may have changed since); only a lost one
 *   is written again
 */
export async function writeNotice(
  records: RecordContext,
  packetId: string,
  { keepText = false, isRecorded = false, read }: NoticeOptions = {},
): Promise<NoticeRecord> {
  const packet = read ? null : await readPacketStream(records, packetId);
  const decided = read?.decided ?? packet?.runs.at(-1);
  if (!decided) throw new Error(`no decision for packet ${packetId}`);
  // The event follows the record: where it exists, the notice does.
  if (!keepText && packet?.has(packetKeys.notice(packetId, decided.run))) {
    const existing = await records.store.get<NoticeRecord>('notices', { notice_id: packetId });
    if (existing && (existing.run ?? 1) >= decided.run) return existing;
  }
  const { verdict, chain, registry } = read ?? (await readSources(records, decided));
  const version = chain.find((one) => one.packet_id === packetId);
  const kept = version && keptBefore(chain, version);
  const notice = composeNotice(verdict, {
    receipt: decided.upload_id,
    received_at: decided.received_at,
    issued_at: decided.at,
    version: version?.version ?? 1,
    first: {
      receipt: version?.first_upload_id ?? decided.upload_id,
      received_at: version?.first_received_at ?? decided.received_at,
    },
    kept: kept ? { receipt: kept.upload_id, received_at: kept.received_at } : null,
    review_due: decided.review_due,
    sent_by: officeOf(decided.sender),
    ...namesOf(registry, decided),
  });
  const record = noticeRecord(notice, decided);
  await writeLetter(records, record, notice, renderNotice(notice), keepText);
  await records.store.putIf('notices', record, {
    expression: 'attribute_not_exists(notice_id) OR #run < :run',
    names: { '#run': 'run' },
    values: { ':run': decided.run },
  });
  if (!isRecorded)
    await append(records.store, {
      ...packetKeys.notice(packetId, decided.run),
      at: records.now().toISOString(),
    });
  return record;
}

interface NoticeOptions {
  keepText?: boolean;
  /** its event is known to exist */
  isRecorded?: boolean;
  /** what the caller has read already */
  read?: NoticeSources & { decided: PacketDecided };
}

/** What a notice is written from, besides the decision. */
interface NoticeSources {
  verdict: PacketVerdict;
  chain: CaseVersion[];
  registry: Registry | null;
}

async function readSources(records: RecordContext, decided: PacketDecided): Promise<NoticeSources> {
  const [verdict, chain, registry] = await Promise.all([
    records.results.readVerdict(decided),
    versionsOf(records.store, decided),
    loadRegistry(records.store, decided.city),
  ]);
  return { verdict, chain, registry };
}

function noticeRecord(notice: Notice, decided: PacketDecided): NoticeRecord {
  const again = decided.run > 1 ? `-${decided.run}` : '';
  const base = `offices/${safeKey(decided.owner)}/notices/${safeKey(decided.packet_id)}${again}`;
  return {
    notice_id: decided.packet_id,
    kind: notice.kind,
    office: decided.owner,
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
    // The name of the office that reads the letter, and of no other.
    office_name:
      registry?.offices.find((one) => one.number === decided.office && one.number === decided.owner)?.name ??
      null,
    area_name: area?.name ?? null,
    center_name: registry?.centers.find((one) => one.number === area?.center)?.name ?? null,
  };
}
