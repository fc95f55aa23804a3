import type { Sender } from '../../access/sender.ts';
import { japanDate } from '../../calendar/japan-time.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import type { Finding } from '../../findings/finding.ts';
import { packetKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { PacketDecided, ReviewClosed } from '../events/packet-events.ts';
import { currentOf, versionsOf } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';

type ReviewState = 'open' | 'superseded' | 'closed' | 'withdrawn';

/** Item of the table `reviews`: what waits for the 包括, with findings, questions only a person can answer, documents. */
export interface ReviewItem {
  packet_id: string;
  /** city#area: the queue of one 圏域 */
  queue: string;
  /** due date, then packet: the order of the queue */
  due: string;
  due_date: string;
  state: ReviewState;
  /**
   * review: the rules want a person to decide. involvement: accepted, and the city wants the 包括 involved (関与).
   * overdue: a paper that had to follow has not come; `packet_id` is the watch, `about_packet` the packet that opened it
   */
  why: 'review' | 'involvement' | 'overdue';
  about_packet?: string;
  reason: string | null;
  city: string;
  area: string;
  /** the office the papers name */
  office: string;
  /** from the sign-in */
  sender: Sender;
  person: string;
  month: string;
  event: string;
  category: string | null;
  decision: string;
  packet: string;
  upload_id: string;
  insured_number: string | null;
  name: string | null;
  received_at: string;
  opened_at: string;
  /** without the notes (info), the first ones; and how many there are */
  findings: Finding[];
  findings_total: number;
  checklist: PacketVerdict['checklist'];
  documents: PacketVerdict['documents'];
  deadlines: PacketVerdict['deadlines'];
  verdict_key: string;
  verdict_digest: string;
  /** the run of the packet the item shows */
  run: number;
  superseded_by?: string;
  /** how a person ended it */
  closed?: Pick<ReviewClosed, 'at' | 'by' | 'role' | 'decision' | 'reason'>;
}

/** Enough for a screen; the verdict holds all. An item must stay well below DynamoDB's 400 KB. */
const SHOWN = { findings: 60, documents: 200, checklist: 60 };

/** The day by which the 包括 should have reviewed it; null: there is nothing to review. */
export function reviewDue(verdict: PacketVerdict, at: string, defaultDays: number): string | null {
  if (verdict.decision === 'return') return null;
  if (verdict.decision === 'accept' && !verdict.involvement) return null;
  const due = verdict.involvement?.due;
  if (due && /^\d{4}-\d{2}-\d{2}$/.test(due)) return due;
  return japanDate(new Date(Date.parse(at) + defaultDays * 86_400_000).toISOString());
}

/**
 * Opens the review item of a packet, once for each run; a later run renews an item, also one a person has closed.
 * The item of a packet whose case already has a later version is superseded at once. `run`: an earlier run, for a rebuild.
 */
export async function openReview(
  records: RecordContext,
  packetId: string,
  run?: PacketDecided,
): Promise<ReviewItem | null> {
  const decided = run ?? (await readDecision(records, packetId));
  if (!decided) throw new Error(`no decision for packet ${packetId}`);
  if (!decided.review_due) {
    // The run before opened one, and reading the pictures answered it.
    if (decided.run > 1) await supersedeReview(records.store, packetId, packetId);
    return null;
  }
  const item = reviewItem(decided, await records.results.readVerdict(decided));
  await append(records.store, {
    ...packetKeys.review(packetId, decided.run),
    at: records.now().toISOString(),
  });
  await records.store.putIf('reviews', item, {
    expression: 'attribute_not_exists(packet_id) OR (#state IN (:open, :closed) AND #run < :run)',
    names: { '#state': 'state', '#run': 'run' },
    values: { ':open': 'open', ':closed': 'closed', ':run': decided.run },
  });
  // Read after the item is stored: a version that comes in between finds the item, or is found here.
  const chain = await versionsOf(records.store, decided);
  const own = chain.findLast((version) => version.packet_id === packetId);
  const current = currentOf(chain);
  if (own?.withdrawn_at) await withdrawReview(records.store, packetId);
  if (own && current && current.packet_id !== packetId && current.seq > own.seq)
    await supersedeReview(records.store, packetId, current.packet_id);
  return item;
}

/** A correction came: the version before it needs no review. */
export const supersedeReview = (store: RecordStore, packetId: string, by: string): Promise<boolean> =>
  store.update(
    'reviews',
    { packet_id: packetId },
    {
      expression: 'SET #state = :superseded, superseded_by = :by, #queue = :queue',
      names: { '#state': 'state', '#queue': 'queue' },
      // Off the area's queue, but still found by its packet.
      values: { ':superseded': 'superseded', ':by': by, ':queue': `superseded#${by}`, ':open': 'open' },
    },
    '#state = :open',
  );

/** The office withdrew the packet: nothing is left to review. */
export const withdrawReview = (store: RecordStore, packetId: string): Promise<boolean> =>
  store.update(
    'reviews',
    { packet_id: packetId },
    {
      expression: 'SET #state = :withdrawn, #queue = :queue',
      names: { '#state': 'state', '#queue': 'queue' },
      values: { ':withdrawn': 'withdrawn', ':queue': `withdrawn#${packetId}`, ':open': 'open' },
    },
    '#state = :open',
  );

/** A person has ended the review: off the area's queue, but still found by its packet. Idempotent. */
export const showReviewClosed = (
  store: RecordStore,
  { packet_id, run, at, by, role, decision, reason }: ReviewClosed,
): Promise<boolean> =>
  store.update(
    'reviews',
    { packet_id },
    {
      expression: 'SET #state = :closed, #closed = :how, #queue = :queue',
      names: { '#state': 'state', '#closed': 'closed', '#queue': 'queue', '#run': 'run' },
      values: {
        ':closed': 'closed',
        ':how': { at, by, role, decision, reason },
        ':queue': `closed#${packet_id}`,
        ':open': 'open',
        ':run': run,
      },
    },
    '#state = :open AND #run = :run',
  );

export function reviewItem(decided: PacketDecided, verdict: PacketVerdict): ReviewItem {
  const worst = verdict.findings.filter((finding) => finding.severity !== 'info');
  return {
    packet_id: decided.packet_id,
    queue: `${decided.city}#${decided.area}`,
    due: `${decided.review_due}#${decided.packet_id}`,
    due_date: decided.review_due!,
    state: 'open',
    why: decided.decision === 'review' ? 'review' : 'involvement',
    reason: verdict.involvement?.reason ?? null,
    city: decided.city,
    area: decided.area,
    office: decided.office,
    sender: decided.sender,
    person: decided.person,
    month: decided.month,
    event: decided.event,
    category: verdict.category,
    decision: decided.decision,
    packet: decided.packet,
    upload_id: decided.upload_id,
    insured_number: verdict.insured_number,
    name: verdict.name,
    received_at: decided.received_at,
    opened_at: decided.at,
    findings: worst.slice(0, SHOWN.findings),
    findings_total: worst.length,
    checklist: verdict.checklist.slice(0, SHOWN.checklist),
    documents: verdict.documents.slice(0, SHOWN.documents),
    deadlines: verdict.deadlines.slice(0, 30),
    verdict_key: decided.verdict_key,
    verdict_digest: decided.verdict_digest,
    run: decided.run,
  };
}
