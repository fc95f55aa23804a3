import { caseStream, type DeskEvent, packetStream, readStream } from '../events/event-log.ts';
import { areaMonth, type CaseRecord, type CaseVersion } from '../steps/record-case.ts';
import { type PacketDecided, readDecision } from '../steps/record-packet.ts';
import {
  type PacketAnswered,
  readAnswers,
  readFinished,
  readReceived,
  type UploadReceived,
} from '../steps/record-upload.ts';
import type { CaseObject } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { ReviewItem } from '../views/review-item.ts';
import type { NoticeRecord } from '../views/write-notice.ts';
import { auditOf, type CaseOf } from './audit.ts';
import { type Retention, readRetention } from './retention.ts';

/** One packet of a case: every run of it, its review item, its notice. */
export interface CasePacket {
  packet_id: string;
  runs: PacketDecided[];
  events: DeskEvent[];
  review: ReviewItem | null;
  notice: NoticeRecord | null;
}

/** An upload that brought a packet of the case, for the first time or again. */
export interface CaseUpload {
  received: UploadReceived;
  answers: PacketAnswered[];
  /** every packet in it belongs to the case: the file itself is the case's alone */
  isWhole: boolean;
  /** streams that name it as the first with its bytes */
  digests: string[];
}

/** Everything the desk has of one person's month. */
export interface CaseContents {
  of: CaseOf;
  versions: CaseVersion[];
  records: CaseRecord[];
  packets: CasePacket[];
  uploads: CaseUpload[];
  retention: Retention | null;
  /** objects of this case alone */
  objects: CaseObject[];
  /** uploads it shares with other cases */
  shared: CaseObject[];
}

/** The case somebody means: a packet id (書類一式の番号) or city/person/month. Null: there is no such case. */
export async function findCase(records: RecordContext, said: string): Promise<CaseOf | null> {
  const [city, person, month, ...more] = said.split('/');
  if (city && person && month && more.length === 0) return { city, person, month };
  const decided = await readDecision(records, said);
  return decided && { city: decided.city, person: decided.person, month: decided.month };
}

/** Collects a case from the log. `events`: the whole log, read once, for what no stream of the case knows. */
export async function contentsOf(
  records: RecordContext,
  of: CaseOf,
  events: AsyncIterable<DeskEvent>,
): Promise<CaseContents> {
  const { store } = records;
  const versions = await collect(readStream<CaseVersion>(store, caseStream(of.city, of.person, of.month)));
  const packets: CasePacket[] = [];
  for (const packet_id of new Set(versions.map((one) => one.packet_id))) {
    const all = await collect(readStream<DeskEvent>(store, packetStream(packet_id)));
    const runs = all.filter((one): one is PacketDecided => one.type === 'packet.decided');
    const last = runs.at(-1);
    // Its scans were read, and it belongs to somebody else: the other case keeps it.
    if (last && auditOf.case(last) !== auditOf.case(of)) continue;
    packets.push({
      packet_id,
      runs,
      events: all,
      review: await store.get<ReviewItem>('reviews', { packet_id }),
      notice: await store.get<NoticeRecord>('notices', { notice_id: packet_id }),
    });
  }
  const uploads = await uploadsOf(records, new Set(packets.map((one) => one.packet_id)), events);
  return {
    of,
    versions,
    records: await recordsOf(records, of, versions),
    packets,
    uploads,
    retention: await readRetention(store, of),
    objects: [
      ...packets.flatMap(objectsOf),
      ...uploads.filter((one) => one.isWhole).map(({ received }) => inboxObject(received)),
    ],
    shared: uploads.filter((one) => !one.isWhole).map(({ received }) => inboxObject(received)),
  };
}

/** The object of an upload, in the version that was received. */
export const inboxObject = ({ key, version_id }: UploadReceived): CaseObject => ({
  bucket: 'inbox',
  key,
  version_id,
});

function objectsOf({ runs, notice }: CasePacket): CaseObject[] {
  const keys = new Set(runs.map((run) => run.verdict_key));
  if (notice) {
    // An earlier run wrote a notice of its own beside the last one.
    const first = (key: string) => key.replace(/-\d+(\.[a-z]+)$/, '$1');
    const all = notice.run && notice.run > 1 ? [notice.text_key, notice.json_key].map(first) : [];
    for (const key of [notice.text_key, notice.json_key, ...all]) keys.add(key);
  }
  return [...keys].map((key) => ({ bucket: 'results', key }));
}

async function recordsOf(records: RecordContext, of: CaseOf, versions: CaseVersion[]): Promise<CaseRecord[]> {
  const found: CaseRecord[] = [];
  for (const area of new Set(versions.map((one) => one.area)))
    for await (const record of records.store.partition<CaseRecord>('cases', areaMonth({ ...of, area }), {
      begins: `${of.person}#`,
    }))
      found.push(record);
  return found;
}

async function uploadsOf(
  records: RecordContext,
  packets: Set<string>,
  events: AsyncIterable<DeskEvent>,
): Promise<CaseUpload[]> {
  const ids = new Set<string>();
  const digests = new Map<string, string[]>();
  for await (const event of events) {
    if (event.type === 'packet.answered' && packets.has((event as PacketAnswered).packet_id))
      ids.add(event.stream.slice('upload#'.length));
    else if (event.type === 'digest.first') {
      const { upload_id } = event as DeskEvent & { upload_id: string };
      digests.set(upload_id, [...(digests.get(upload_id) ?? []), event.stream]);
    }
  }
  const uploads: CaseUpload[] = [];
  for (const id of ids) {
    const received = await readReceived(records, id);
    if (!received) continue;
    const finished = await readFinished(records, id);
    const answers = await collect(readAnswers(records, id));
    const isWhole = finished !== null && answers.every((one) => packets.has(one.packet_id) || one.erased);
    uploads.push({ received, answers, isWhole, digests: digests.get(id) ?? [] });
  }
  return uploads.sort((a, b) => a.received.at.localeCompare(b.received.at));
}
