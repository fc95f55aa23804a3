import { japanDate } from '../../calendar/japan-time.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import { type AdviceFrom, adviceLetter } from '../../letters/advice-letter.ts';
import type { Letter } from '../../letters/letter.ts';
import { type Overdue, overdueLetter } from '../../letters/overdue-letter.ts';
import { renderLetter } from '../../letters/render-letter.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { readActs } from '../events/read-acts.ts';
import { readDecision } from '../events/read-packet.ts';
import { readWatches } from '../events/read-watches.ts';
import type { ReviewEvent } from '../events/review-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { loadRegistry } from '../store/registry-store.ts';
import { safeKey } from '../store/result-store.ts';
import { lettersOf, type NoticeRecord, writeLetter } from './letter.ts';

/** Acts the office gets a letter about; a return has its 不備通知書. */
export const hasLetter = (act: ReviewEvent): boolean =>
  act.type === 'review.advised' || (act.type === 'review.closed' && act.decision === 'advised');

/** Where the letter about an act is, below the prefix of the packet's owner. */
export const reviewLetterKey = (owner: string, packetId: string, act: number): string =>
  `offices/${safeKey(owner)}/letters/${reviewLetterId(packetId, act)}.json`;
export const reviewLetterId = (packetId: string, act: number): string => `${safeKey(packetId)}.${act}`;

/** Writes the letter about an act of a reviewer, from its event: a second delivery writes the same bytes. */
export async function writeReviewLetter(
  records: RecordContext,
  packetId: string,
  number: number,
  { keepText = false } = {},
): Promise<NoticeRecord | null> {
  const act = (await readActs(records.store, packetId)).find((one) => one.act === number);
  const about = aboutOf(act);
  const decided = await readDecision(records, about ?? packetId);
  // Erased meanwhile.
  if (!act || !decided || !hasLetter(act)) return null;
  const [verdict, registry] = await Promise.all([
    records.results.readVerdict(decided),
    loadRegistry(records.store, decided.city),
  ]);
  const overdue = about === null ? null : await overdueOf(records, decided, packetId);
  const letter = letterOf(decided, verdict, registry, act, overdue);
  const unstored: NoticeRecord = {
    notice_id: reviewLetterId(packetId, number),
    kind: 'advice',
    packet_id: decided.packet_id,
    title: letter.title,
    month: decided.month,
    office: lettersOf(decided.owner),
    upload_id: decided.upload_id,
    at: act.at,
    key: reviewLetterKey(decided.owner, packetId, number),
  };
  const stored = { text: renderLetter(letter), data: { kind: 'advice', letter } };
  const record = await writeLetter(records, unstored, stored, { keepText });
  await records.store.put('notices', record);
  return record;
}

/** The packet that opened the wait an act ends; null: the act is on an item of a packet. */
const aboutOf = (act: ReviewEvent | undefined): string | null =>
  (act?.type === 'review.closed' && act.about_packet) || null;

/** What is overdue, of the person of a packet. */
export async function overdueOf(
  { store }: Pick<RecordContext, 'store'>,
  person: Pick<PacketDecided, 'city' | 'person'>,
  watchId: string,
): Promise<Overdue | null> {
  const { watches } = await readWatches(store, person);
  const found = watches.find(({ watch_id }) => watch_id === watchId);
  return found ? { what: found.watch.what, due: found.due } : null;
}

/** The letter of an act that is about to be done, or was done. */
export function letterOf(
  decided: PacketDecided,
  { insured_number, name, involvement }: PacketVerdict,
  registry: Registry | null,
  act: Pick<ReviewEvent, 'at' | 'act' | 'reason'>,
  overdue: Overdue | null,
): Letter {
  const area = registry?.areas.find(({ key }) => key === decided.area);
  const office = registry?.offices.find(({ number }) => number === decided.owner);
  const from: AdviceFrom = {
    number: `${decided.upload_id}-${act.act}`,
    on: japanDate(act.at),
    advice: act.reason ?? '',
    awaits: involvement?.after_advice?.what ?? null,
    receipt: decided.upload_id,
    packet: decided.packet,
    packet_id: decided.packet_id,
    city: decided.city,
    center_name: registry?.centers.find(({ number }) => number === area?.center)?.name ?? null,
    office_number: decided.owner,
    office_name: office?.name ?? null,
    insured_number,
    name,
    month: decided.month,
  };
  return overdue ? overdueLetter(from, overdue) : adviceLetter(from);
}
