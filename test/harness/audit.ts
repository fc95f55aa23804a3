import { japanDate } from '../../shared/calendar/japan-time.ts';
import { renderReceipt } from '../../shared/letters/receipt.ts';
import { renderNotice } from '../../shared/letters/render-notice.ts';
import { positionKey } from '../../shared/packet/position.ts';
import type { CaseVersion } from '../../shared/records/events/case-events.ts';
import {
  type EventOf,
  type EventType,
  isEvent,
  type RecordEvent,
} from '../../shared/records/events/event.ts';
import { caseKeys } from '../../shared/records/events/event-keys.ts';
import { isUnsent } from '../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { currentOf } from '../../shared/records/events/read-case.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { type AreaSummary, summarise } from '../../shared/records/views/area-summary.ts';
import type { NoticeRecord } from '../../shared/records/views/letter.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import type { Run } from './run.ts';
import { RESULTS } from './world.ts';

/** What the desk must have done, compared with what it did. Every run must end with empty lists. */
export interface Audit {
  packets: number;
  lost: string[];
  doubled: string[];
  /** summaries that differ from their cases, or cases from their decisions */
  wrong: string[];
  /** uploads whose files and rows do not add up */
  ledgers: string[];
  /** outboxes not cleared, messages not processed */
  left: string[];
}

/** Reads tables and buckets only; reports of the desk about itself are not used. */
export function audit({ world, puts, stuck }: Run): Audit {
  const events = world.tables.all<RecordEvent>('events');
  const of = <T extends EventType>(type: T): EventOf<T>[] => events.filter(isEvent(type));
  const result: Audit = { packets: 0, lost: [], doubled: [], wrong: [], ledgers: [], left: [] };

  const received = of('upload.received');
  const streams = (type: EventType) => new Set(of(type).map((one) => one.stream));
  const [finished, receipts] = [streams('upload.finished'), streams('receipt.written')];
  const redacted = streams('upload.redacted');
  // Its pictures were read and nothing changed: the first run stays.
  const read = streams('packet.ocr_read');
  const answers = Map.groupBy(of('packet.answered'), (one) => one.stream);
  const lines = Map.groupBy(
    world.tables.all<PacketLine>('submissions').filter((one) => one.part.startsWith('packet#')),
    (one) => one.upload_id,
  );
  const notices = world.tables.all<NoticeRecord>('notices');

  const expected = new Set<string>();
  for (const { put, upload } of puts) {
    // A redacted copy replaced the object that was put.
    const mine = received.filter(
      (one) => one.key === put.key && (one.etag === put.etag || redacted.has(one.stream)),
    );
    const [first] = mine;
    if (mine.length > 1) result.doubled.push(`received ${upload.name}`);
    for (const { packet_id } of upload.packets) expected.add(packet_id);
    if (!first || !finished.has(first.stream)) {
      result.lost.push(`upload ${upload.name}`);
      continue;
    }
    if (!receipts.has(first.stream)) result.lost.push(`receipt ${upload.name}`);
    const listed = new Map(
      answers.get(first.stream)?.map((one) => [positionKey(one.position), one.packet_id]),
    );
    for (const { position, packet_id } of upload.packets)
      if (listed.get(positionKey(position)) !== packet_id)
        result.lost.push(`answer ${upload.name} ${positionKey(position)}`);
    const sum = (list: { files: number; rows: number }[]) =>
      list.reduce((total, one) => [total[0]! + one.files, total[1]! + one.rows], [0, 0]).join(' files, ');
    const shown = (lines.get(first.upload_id) ?? []).map((one) => one.ledger);
    if (sum(shown) !== sum(upload.packets) || shown.some((one) => !one.accounted))
      result.ledgers.push(`${upload.name}: ${sum(shown)} of ${sum(upload.packets)}`);
  }
  result.packets = expected.size;

  const runs = Map.groupBy(of('packet.decided'), (one) => one.packet_id);
  for (const line of [...lines.values()].flat()) {
    const last = Math.max(...(runs.get(line.packet_id) ?? []).map(({ run }) => run));
    if (line.run !== last)
      result.wrong.push(`line ${line.upload_id} ${line.part} shows run ${line.run} of ${last}`);
  }
  const reviews = new Map(world.tables.all<ReviewItem>('reviews').map((one) => [one.packet_id, one]));
  const objects = new Set(world.objects.keys(RESULTS, 'offices/'));
  const decided = new Set(
    [...answers.values()]
      .flat()
      .filter((one) => one.outcome === 'decided')
      .map((one) => one.packet_id),
  );
  for (const packet_id of expected) {
    const last = runs
      .get(packet_id)
      ?.sort((a, b) => a.run - b.run)
      .at(-1);
    if (!last) {
      result.lost.push(`decision ${packet_id}`);
      continue;
    }
    if (!decided.has(packet_id)) result.lost.push(`own answer ${packet_id}`);
    if (
      !runs.get(packet_id)?.some((one) => one.because === 'ocr') &&
      isUnread(world, last) &&
      !read.has(last.stream)
    )
      result.lost.push(`second run ${packet_id}`);
    const notice = notices.find((one) => one.notice_id === packet_id);
    if (!notice || ((notice.run ?? 1) !== last.run && last.because !== 'rivals'))
      result.lost.push(`notice ${packet_id}`);
    else if (!objects.has(notice.key)) result.lost.push(`text ${packet_id}`);
    const review = reviews.get(packet_id);
    if (last.review_due && !review) result.lost.push(`review ${packet_id}`);
    if (review && !runs.get(packet_id)!.some((one) => one.review_due))
      result.doubled.push(`review ${packet_id}`);
  }
  const letters = [
    ...notices,
    ...of('receipt.written').map(({ stream, key }) => ({ notice_id: stream, kind: 'receipt', key })),
  ];
  for (const { notice_id, kind, key } of letters) {
    if (!objects.has(key)) result.lost.push(`letter ${notice_id}`);
    const body = world.objects.list(RESULTS, key).at(-1)?.body;
    const stored = JSON.parse(body?.toString('utf8') ?? '{}');
    const { text, data } = kind === 'receipt' && stored.receipt ? stored.receipt : stored;
    if (data && text !== (kind === 'receipt' ? renderReceipt(data) : renderNotice(data)))
      result.doubled.push(`torn notice ${notice_id}`);
  }
  for (const packet_id of runs.keys())
    if (!expected.has(packet_id)) result.doubled.push(`decision ${packet_id}`);
  const own = [...answers.values()]
    .flat()
    .filter((one) => one.outcome === 'decided')
    .map((one) => one.packet_id);
  for (const packet_id of own.filter((id, n) => own.indexOf(id) !== n))
    result.doubled.push(`answer ${packet_id}`);
  for (const [key, contents] of world.journal.contents)
    for (let n = 1; n < contents.size; n++) result.doubled.push(key);

  auditCases(world, of('case.version'), runs, result);
  for (const event of events)
    if (isUnsent(event) || 'pending' in event) result.left.push(`${event.stream} ${event.seq}`);
  if (stuck > 0) result.left.push(`${stuck} messages`);
  return result;
}

const isUnread = (world: Run['world'], { verdict_key }: PacketDecided): boolean => {
  const body = world.objects.list(RESULTS, verdict_key).at(-1)?.body.toString('utf8') ?? '{}';
  const { documents = [] } = JSON.parse(body) as { documents?: { read_by: string }[] };
  return documents.some((one) => one.read_by === 'none');
};

/** Every person's month is one case per owner, that of the version that counts; every summary is its cases counted anew. */
function auditCases(
  world: Run['world'],
  versions: CaseVersion[],
  runs: Map<string, PacketDecided[]>,
  result: Audit,
): void {
  const cases = world.tables.all<CaseRecord>('cases');
  const current = cases.filter((one) => !one.superseded);
  const byCase = Map.groupBy(versions, (one) => `${one.stream} ${caseKeys.chainOf(one)}`);
  for (const chain of byCase.values()) {
    const latest = currentOf(chain.sort((a, b) => (a.seq < b.seq ? -1 : 1)))!;
    if (!current.some((one) => one.packet_id === latest.packet_id && one.run === latest.run))
      result.wrong.push(`case ${latest.stream} ${latest.seq}`);
    const numbers = new Set(chain.map((one) => one.version));
    if (numbers.size !== Math.max(...numbers)) result.wrong.push(`versions ${latest.stream}`);
  }
  for (const [packet_id, [first]] of runs)
    if (!versions.some((one) => one.packet_id === packet_id))
      result.wrong.push(`no version ${first?.stream}`);
  if (current.length !== byCase.size) result.wrong.push(`${current.length} cases of ${byCase.size}`);
  const summaries = world.tables.all<AreaSummary>('summaries');
  const places = Map.groupBy(cases, (one) => one.area_month);
  for (const place of places.keys())
    if (!summaries.some((one) => `${one.city}#${one.area}#${one.month}` === place))
      result.wrong.push(`no summary ${place}`);
  for (const { revision: _r, computed_at, ...numbers } of summaries) {
    const here = places.get(`${numbers.city}#${numbers.area}#${numbers.month}`) ?? [];
    const right = summarise(numbers, here, japanDate(computed_at));
    if (JSON.stringify(sorted(right)) !== JSON.stringify(sorted(numbers)))
      result.wrong.push(`summary ${numbers.city} ${numbers.month_area}`);
  }
}

const sorted = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .map(([key, one]) => [key, sorted(one)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
