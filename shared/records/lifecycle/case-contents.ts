import { listKey } from '../../access/sender.ts';
import { cities, cityKey } from '../../profiles/cities.ts';
import { ownValue } from '../../text/own-value.ts';
import type { CaseVersion } from '../events/case-events.ts';
import { isEvent, type RecordEvent } from '../events/event.ts';
import { type CaseId, packetKeys, packetStream, uploadIdOf } from '../events/event-keys.ts';
import { readStream } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { versionsOfMonth } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import { caseBeingErased, type Retention, readRetention } from '../events/read-retention.ts';
import { readAnswers, readFinished, readReceived } from '../events/read-upload.ts';
import { REVIEW_EVENTS } from '../events/review-events.ts';
import type { PacketAnswered, UploadReceived } from '../events/upload-events.ts';
import { areaMonth, type CaseRecord } from '../store/case-record.ts';
import type { CaseObject } from '../store/object-keeper.ts';
import { personKeyOfReader } from '../store/person-key.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { answerKey, type NoticeRecord, noticeKey } from '../views/letter.ts';
import type { ReviewItem } from '../views/review-item.ts';
import { hasLetter, reviewLetterKey } from '../views/write-review-letter.ts';
import { auditOf } from './audit.ts';
import { watchLetters } from './watch-letters.ts';

/** One packet of a case: every run of it, its review item, its notice. */
export interface CasePacket {
  packet_id: string;
  runs: PacketDecided[];
  events: RecordEvent[];
  review: ReviewItem | null;
  notice: NoticeRecord | null;
}

/** An upload that brought a packet of the case, for the first time or again. */
export interface CaseUpload {
  received: UploadReceived;
  answers: PacketAnswered[];
  /** every packet in it belongs to the case: the file itself is the case's alone */
  isWhole: boolean;
  /** streams that name it as the first upload with its bytes */
  digests: string[];
}

/** Everything stored about one person's month. */
export interface CaseContents {
  of: CaseId;
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

/**
 * @param input a packet id (書類一式の番号) or city/person/month: the city by key or name, the person by 被保険者番号 or by the
 * key of the records. Returns null where there is no such case
 */
export async function findCase(records: RecordContext, input: string): Promise<CaseId | null> {
  const [named, person, month, ...more] = input.split('/');
  if (named && person && month && more.length === 0) {
    const city = cityKey(named) ?? named;
    if (!INSURED_NUMBER.test(person)) return { city, person, month };
    return caseOfNumber(records, { city, person, month });
  }
  const decided = await readDecision(records, input);
  if (decided) return { city: decided.city, person: decided.person, month: decided.month };
  return caseBeingErased(records.store, input);
}

/** A case as findCase reads it, without anything of the person. */
export const caseName = ({ city, person, month }: CaseId): string => `${city}/${person}/${month}`;

const INSURED_NUMBER = /^[0-9H]\d{9}$/;

/** Records know a person by a digest of both numbers: of the insurer numbers of the city the one that has the month. */
async function caseOfNumber(records: RecordContext, { city, person, month }: CaseId): Promise<CaseId> {
  const { store } = records;
  const personKey = await personKeyOfReader(store);
  const numbers = ownValue(cities(), city)?.insurer_numbers ?? [];
  const found = numbers.map((insurer) => ({ city, person: personKey(insurer, person), month }));
  for (const one of found) if ((await versionsOfMonth(store, one)).length > 0) return one;
  // An interrupted erasure may have removed the versions already.
  for (const one of found) if (await readRetention(store, one)) return one;
  return found[0] ?? { city, person, month };
}

/** Collects a case from the log. `events`: the whole log, read once, for the uploads no stream of the case names. */
export async function contentsOf(
  records: RecordContext,
  of: CaseId,
  events: AsyncIterable<RecordEvent>,
): Promise<CaseContents> {
  const { store } = records;
  const versions = await versionsOfMonth(store, of);
  const packets: CasePacket[] = [];
  for (const packet_id of new Set(versions.map((one) => one.packet_id))) {
    const all = await collect(readStream(store, packetStream(packet_id)));
    const runs = all.filter(isEvent('packet.decided'));
    const last = runs.at(-1);
    // Its pictures were read and it belongs to another case, which keeps it.
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
      ...(await watchLetters(store, of, new Set(packets.flatMap(({ runs }) => runs.at(-1)?.owner ?? [])))),
      ...uploads.flatMap(answersOf),
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

function objectsOf({ packet_id, runs, events, notice }: CasePacket): CaseObject[] {
  const keys = new Set(runs.map((run) => run.verdict_key));
  const letters = events.filter(isEvent('notice.written')).filter(({ unchanged }) => !unchanged);
  // An earlier run wrote a notice of its own beside the last one.
  for (const { owner, run } of notice ? runs : [])
    if (letters.some(({ seq }) => seq === packetKeys.notice(packet_id, run).seq))
      keys.add(noticeKey(owner, packet_id, run));
  const owner = runs.at(-1)?.owner ?? '';
  for (const act of reviewLettersIn(events)) keys.add(reviewLetterKey(owner, packet_id, act));
  return [...keys].map((key) => ({ bucket: 'results', key }));
}

/** The notice and receipt of an upload of one packet, which may be one object. */
const answersOf = ({ received, answers }: CaseUpload): CaseObject[] =>
  answers.length === 1
    ? [{ bucket: 'results', key: answerKey(listKey(received.sender), received.upload_id) }]
    : [];

/** The acts of a packet a reviewer wrote a letter about. */
export const reviewLettersIn = (events: RecordEvent[]): number[] =>
  events.filter(isEvent(...REVIEW_EVENTS)).flatMap((event) => (hasLetter(event) ? [event.act] : []));

async function recordsOf(records: RecordContext, of: CaseId, versions: CaseVersion[]): Promise<CaseRecord[]> {
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
  events: AsyncIterable<RecordEvent>,
): Promise<CaseUpload[]> {
  const ids = new Set<string>();
  const digests = new Map<string, string[]>();
  /** packets of the case that one of another case was completed from: it is decided from their files too */
  const needed = new Set<string>();
  for await (const event of events) {
    if (event.type === 'packet.answered' && packets.has(event.packet_id)) ids.add(uploadIdOf(event.stream));
    else if (event.type === 'packet.decided' && event.joins && !packets.has(event.packet_id))
      needed.add(event.joins);
    else if (event.type === 'digest.first')
      digests.set(event.upload_id, [...(digests.get(event.upload_id) ?? []), event.stream]);
  }
  const uploads: CaseUpload[] = [];
  for (const id of ids) {
    const received = await readReceived(records, id);
    if (!received) continue;
    const finished = await readFinished(records, id);
    const answers = await collect(readAnswers(records, id));
    const isWhole =
      finished !== null &&
      answers.every((one) => (packets.has(one.packet_id) && !needed.has(one.packet_id)) || one.erased);
    uploads.push({ received, answers, isWhole, digests: digests.get(id) ?? [] });
  }
  return uploads.sort((a, b) => a.received.at.localeCompare(b.received.at));
}
