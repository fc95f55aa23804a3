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
import { readPacketStream, readRuns } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { loadRegistry } from '../store/registry-store.ts';
import { answerKey, type NoticeRecord, noticeKey, type StoredLetter, writeLetter } from './letter.ts';

/**
 * Writes the notice of a packet: text and data under the office's own prefix. Everything in it comes from the decision,
 * so that a second delivery writes the same bytes.
 * @param run the run that asks for it: a later run asks for its own, so that two processes do not write one letter
 * @param keepText a letter that was sent stays as it was (names in the registry may have changed since); only a lost one
 *   is written again
 */
export async function writeNotice(
  records: RecordContext,
  packetId: string,
  { keepText = false, run, isRecorded = false, read, registryOf }: NoticeOptions = {},
): Promise<NoticeRecord | null> {
  const packet = read ? null : await readPacketStream(records, packetId);
  const last = read?.decided ?? packet?.runs.at(-1);
  if (!last) throw new Error(`no decision for packet ${packetId}`);
  if (run !== undefined && run < last.run) return null;
  const decided = await runOfLetter(records, last);
  // The event follows the record: where it exists, the notice does.
  if (!keepText && packet?.has(packetKeys.notice(packetId, decided.run))) {
    const existing = await records.store.get<NoticeRecord>('notices', { notice_id: packetId });
    if (existing && (existing.run ?? 1) >= decided.run) {
      if (decided.run < last.run) await recordWritten(records, last, true);
      return existing;
    }
  }
  const { verdict: ofLast, chain, registry } = read ?? (await readSources(records, last, registryOf));
  const verdict = decided.run === last.run ? ofLast : await records.results.readVerdict(decided);
  const { unstored, letter } = noticeOf(decided, { verdict, chain, registry });
  const elsewhere = decided.run === 1 ? [answerKey(decided.owner, decided.upload_id)] : [];
  const record = await writeLetter(records, unstored, letter, { keepText, elsewhere });
  await recordNotice(records, record, decided, isRecorded);
  if (!isRecorded && decided.run < last.run) await recordWritten(records, last, true);
  return record;
}

/** The notice of a decision, and its record before it is stored. */
export function noticeOf(
  decided: PacketDecided,
  { verdict, chain, registry }: NoticeSources,
): { unstored: NoticeRecord; letter: StoredLetter<Notice> } {
  const version = chain.find((one) => one.packet_id === decided.packet_id);
  const kept = version && keptBefore(chain, version);
  const notice = composeNotice(verdict, {
    receipt: decided.upload_id,
    received_at: decided.received_at,
    issued_at: decided.at,
    number: noticeNumber(decided),
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
  return { unstored: noticeRecord(notice, decided), letter: { text: renderNotice(notice), data: notice } };
}

/** Records where a notice is stored, and then that it was written. */
export async function recordNotice(
  records: RecordContext,
  record: NoticeRecord,
  decided: PacketDecided,
  isRecorded = false,
): Promise<void> {
  await records.store.putIf('notices', record, {
    expression: 'attribute_not_exists(notice_id) OR #run <= :run',
    names: { '#run': 'run' },
    values: { ':run': decided.run },
  });
  if (!isRecorded) await recordWritten(records, decided, false);
}

interface NoticeOptions {
  keepText?: boolean;
  /** the run that asks for it; absent: whichever is the last */
  run?: number | undefined;
  /** reads a registry; absent: it is read for this notice */
  registryOf?: (city: string) => Promise<Registry | null>;
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

export async function readSources(
  records: RecordContext,
  decided: PacketDecided,
  registryOf = (city: string) => loadRegistry(records.store, city),
): Promise<NoticeSources> {
  const [verdict, chain, registry] = await Promise.all([
    records.results.readVerdict(decided),
    versionsOf(records.store, decided),
    registryOf(decided.city),
  ]);
  return { verdict, chain, registry };
}

const recordWritten = (
  { store, now }: RecordContext,
  { packet_id, run }: PacketDecided,
  isUnchanged: boolean,
): Promise<boolean> =>
  append(store, {
    ...packetKeys.notice(packet_id, run),
    at: now().toISOString(),
    ...(isUnchanged && { unchanged: true as const }),
  });

/**
 * The run the office's letter is about, which is also what it reads of the packet. A run that found papers of another office
 * or took in what a reviewer entered, and whose letter would show the same as the one before, writes no letter: a new
 * date would tell the office of the other.
 */
export async function runOfLetter(records: RecordContext, last: PacketDecided): Promise<PacketDecided> {
  if (!isSilent(last)) return last;
  const runs = await readRuns(records, last.packet_id);
  const shownBy = async (run: PacketDecided): Promise<string> =>
    shownInLetter(run, await records.results.readVerdict(run));
  let n = runs.findIndex(({ run }) => run === last.run);
  while (n > 0 && isSilent(runs[n]!) && (await shownBy(runs[n]!)) === (await shownBy(runs[n - 1]!))) n--;
  return runs[n]!;
}

/** All that a letter shows of a decision but its number and date. Chain and registry are the same for every run. */
function shownInLetter(run: PacketDecided, verdict: PacketVerdict): string {
  const { data } = noticeOf(run, { verdict, chain: [], registry: null }).letter;
  return JSON.stringify({ ...data, number: null, issued_at: null });
}

/** R20260612-7K3F9QXT-1: upload and packet, and the run from the second one on: no two letters have one number. */
const noticeNumber = ({ upload_id, position, run }: PacketDecided): string =>
  `${upload_id}-${position.packet}${position.part > 0 ? `.${position.part}` : ''}${run > 1 ? `-${run}` : ''}`;

const isSilent = ({ because }: PacketDecided): boolean => because === 'rivals' || because === 'answers';

const noticeRecord = (notice: Notice, decided: PacketDecided): NoticeRecord => ({
  notice_id: decided.packet_id,
  kind: notice.kind,
  upload_id: decided.upload_id,
  at: decided.at,
  key: noticeKey(decided.owner, decided.packet_id, decided.run),
  run: decided.run,
});

function namesOf(registry: Registry | null, decided: PacketDecided) {
  const area = registry?.areas.find((one) => one.key === decided.area);
  const center = registry?.centers.find((one) => one.number === area?.center);
  return {
    // The name of the office that reads the letter, and of no other.
    office_name:
      registry?.offices.find((one) => one.number === decided.office && one.number === decided.owner)?.name ??
      null,
    area_name: area?.name ?? null,
    center_name: center?.name ?? null,
    contact: center?.contact ?? registry?.contact ?? null,
    correction_days: registry?.correction_days ?? null,
  };
}
