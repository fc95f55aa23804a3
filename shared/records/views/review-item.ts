import type { Sender } from '../../access/sender.ts';
import { japanDate } from '../../calendar/japan-time.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import type { Finding } from '../../findings/finding.ts';
import type { FindingCode } from '../../findings/finding-codes.ts';
import { shortName } from '../../findings/place-text.ts';
import type { Involvement } from '../../rules/rule-result.ts';
import type { ReviewKind } from '../../vocabulary/category.ts';
import { documentTitle } from '../../vocabulary/document-kinds.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import type { ReviewState } from '../events/read-acts.ts';
import type { ReviewClosed } from '../events/review-events.ts';
import type { RecordStore } from '../store/record-store.ts';

/** Item of the table `reviews`: what waits for the 包括, with findings, questions only a person can answer, documents. */
export interface ReviewItem {
  packet_id: string;
  /** city#area: the queue of one 圏域 */
  queue: string;
  /** due date, then packet: the order of the queue */
  due: string;
  due_date: string;
  state: 'open' | 'superseded' | 'closed' | 'withdrawn';
  /**
   * review: the rules want a person to decide. involvement: accepted, and the city wants the 包括 involved (関与).
   * overdue: a paper that had to follow has not come; `packet_id` is the watch, `about_packet` the packet that opened it
   */
  why: 'review' | 'involvement' | 'overdue';
  about_packet?: string;
  /** what the reviewer does with it: a picture is looked at, the rest as in `why` */
  kind: ReviewKind;
  /** the first finding, for the line of the queue */
  headline: string;
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
  closed?: Pick<ReviewClosed, 'at' | 'by' | 'by_name' | 'role' | 'decision' | 'reason'>;
  /** papers whose arrival by another way the reviewer records, with what a clerk reads for them */
  receivable?: { key: string; title: string }[];
  /** facts that are open and would change the decision, which the reviewer may answer */
  open_facts?: PacketVerdict['explanation']['would_change'];
  /** what has to follow after advice by the city's rules; absent: advice ends the review */
  after_advice?: NonNullable<Involvement['after_advice']>;
  /** number of the acts the following are made of (read-acts.ts); absent: no one acted yet */
  acts?: number;
  /** what is awaited after advice; absent: nothing */
  waits_for?: string | null;
  holder?: ReviewState['holder'];
  set_aside?: ReviewState['set_aside'];
  ticks?: ReviewState['ticks'];
  advised?: ReviewState['advised'];
  received?: ReviewState['received'];
  withdrawal?: ReviewState['withdrawal'];
}

/** Enough for a screen; the verdict holds all. An item must stay well below DynamoDB's 400 KB. */
const SHOWN = { findings: 60, documents: 200, checklist: 60, facts: 40 };

/** The day by which the 包括 should have reviewed it; null: there is nothing to review. */
export function reviewDue(verdict: PacketVerdict, at: string, defaultDays: number): string | null {
  if (verdict.decision === 'return') return null;
  if (verdict.decision === 'accept' && !verdict.involvement) return null;
  const due = verdict.involvement?.due;
  if (due && /^\d{4}-\d{2}-\d{2}$/.test(due)) return due;
  return japanDate(new Date(Date.parse(at) + defaultDays * 86_400_000).toISOString());
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

/** The versions that came after it count no more: what it waits for is open again. False where nothing waited. */
export const reopenReview = (
  store: RecordStore,
  { packet_id, city, area }: Pick<PacketDecided, 'packet_id' | 'city' | 'area'>,
): Promise<boolean> =>
  store.update(
    'reviews',
    { packet_id },
    {
      expression: 'SET #state = :open, #queue = :queue REMOVE superseded_by',
      names: { '#state': 'state', '#queue': 'queue', '#by': 'superseded_by' },
      values: {
        ':open': 'open',
        ':queue': `${city}#${area}`,
        ':superseded': 'superseded',
        ':self': packet_id,
      },
    },
    // Superseded by itself, a later run has answered it.
    '#state = :superseded AND #by <> :self',
  );

/** The packet was withdrawn: nothing is left to review. */
export const withdrawReview = (store: RecordStore, packetId: string): Promise<boolean> =>
  store.update(
    'reviews',
    { packet_id: packetId },
    {
      expression: 'SET #state = :withdrawn, #queue = :queue',
      names: { '#state': 'state', '#queue': 'queue' },
      values: {
        ':withdrawn': 'withdrawn',
        ':queue': `withdrawn#${packetId}`,
        ':open': 'open',
        ':superseded': 'superseded',
      },
    },
    '#state IN (:open, :superseded)',
  );

/** Where an open item is on its queue: by its day; below the others while it awaits what follows from advice. */
export const reviewPosition = ({
  packet_id,
  due_date,
  advised,
}: Pick<ReviewItem, 'packet_id' | 'due_date' | 'advised'>): Pick<ReviewItem, 'due'> => ({
  due: `${advised ? WITHOUT_DAY : due_date}#${packet_id}`,
});
/** Sorts behind every day. */
const WITHOUT_DAY = '9999-12-31';

export function reviewItem(decided: PacketDecided, verdict: PacketVerdict): ReviewItem {
  const worst = verdict.findings.filter((finding) => finding.severity !== 'info');
  return {
    packet_id: decided.packet_id,
    queue: `${decided.city}#${decided.area}`,
    due: `${decided.review_due}#${decided.packet_id}`,
    due_date: decided.review_due!,
    state: 'open',
    why: decided.decision === 'review' ? 'review' : 'involvement',
    kind: kindOf(decided, worst),
    headline: headlineOf(worst, verdict.involvement?.reason),
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
    receivable: receivableIn(verdict),
    open_facts: verdict.explanation.would_change.slice(0, SHOWN.facts),
    ...(verdict.involvement?.after_advice && { after_advice: verdict.involvement.after_advice }),
  };
}

/** Papers the decision waits for that need not come as a file: an original, the final plan after advice. */
function receivableIn({ findings, involvement }: PacketVerdict): NonNullable<ReviewItem['receivable']> {
  const originals = findings.flatMap(({ code, documents = [] }) =>
    code === 'F_ORIGINAL_REQUIRED' ? documents : [],
  );
  const final = involvement?.after_advice?.document;
  const keys = [...new Set([...originals, ...(final ? [final] : [])])];
  return keys.map((key) => ({ key, title: documentTitle(key) }));
}

/** Findings that ask for nothing but a look at a picture. */
const ON_PICTURES: ReadonlySet<FindingCode> = new Set<FindingCode>(['F_FILE_OCR', 'F_FILE_IMAGE']);

function kindOf({ decision }: PacketDecided, findings: Finding[]): ReviewKind {
  if (decision !== 'review') return 'involvement';
  return findings.every(({ code }) => ON_PICTURES.has(code)) ? 'picture' : 'review';
}

/** Letters of a line. */
const HEADLINE = 80;

/** What a queue shows of an item: its first finding in one line, with short names of files, or why the 包括 is involved. */
export function headlineOf([first]: Finding[], reason = ''): string {
  const text = first ? withShortNames(first) : reason;
  return text.length > HEADLINE ? `${text.slice(0, HEADLINE)}…` : text;
}

/** Folders and stamps would fill the line before it says anything. */
function withShortNames({ message, where, also = [] }: Finding): string {
  const files = [where, ...also].flatMap(({ file }) => file ?? []);
  return files
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, file) => text.replaceAll(file, shortName(file)), message);
}
