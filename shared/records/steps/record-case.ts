import { standingOf } from '../../access/rights.ts';
import { isSameSender } from '../../access/sender.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import type { CaseVersion } from '../events/case-events.ts';
import { caseKeys, packetKeys } from '../events/event-keys.ts';
import { append, readEvent } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, stands, versionsOf } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import { type AreaMonth, areaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { leaveCase, markLeft, putCase } from '../views/case-view.ts';
import { supersedeReview } from '../views/review-item.ts';
import { countAgain } from './count-again.ts';
import { recordWatch, withdrawWatch } from './record-watch.ts';

/**
 * Records a decision in its case: a version in the chain, and the case of its area and month.
 * Returns the areas whose summaries must be recomputed. Idempotent.
 * @param verdict the verdict, where the caller has it; otherwise it is read back
 * @param before the versions of its chain, where the caller has read them
 * @param isNew the packet was decided just now, for the first time
 */
export async function recordCase(
  records: RecordContext,
  decided: PacketDecided,
  verdict?: PacketVerdict,
  { before, isNew = false }: { before?: CaseVersion[] | undefined; isNew?: boolean } = {},
): Promise<AreaMonth[]> {
  const { store } = records;
  const whole = verdict ?? (await records.results.readVerdict(decided));
  const base = decided.joins ? await readDecision(records, decided.joins) : null;
  const { version, chain } = await addVersion(store, decided, whole, { before, base });
  // A case that moved to another area later is put too, and marked: a rebuild leaves the same marks in any order.
  const inArea = currentOf(chain.filter(({ area }) => area === decided.area));
  if (inArea?.seq === version.seq) await putCase(store, decided, whole, version, { isNew });
  const current = currentOf(chain)!;
  const watched = await recordWatch(records, decided, whole, version);
  const areas = [...new Set(chain.map(({ area }) => area))];
  for (const area of areas) if (area !== current.area) await markLeft(store, decided, area, current);
  for (const { packet_id, seq } of chain)
    if (seq < current.seq && packet_id !== current.packet_id)
      await supersedeReview(store, packet_id, current.packet_id);
  const own = areas.map((area) => ({ city: decided.city, area, month: decided.month }));
  const touched = [...own, ...watched];
  // A further run of a packet that has gone to another case does not count here either.
  const moved = isNew ? null : await readEvent(store, packetKeys.moved(decided.packet_id));
  const to = moved && (await readDecision(records, moved.to));
  if (to && isTakenBy(decided, to)) touched.push(...(await leaveCaseOf(records, decided, to)));
  if (base && isTakenBy(base, decided)) touched.push(...(await leaveBase(records, base, decided)));
  return distinctAreas(touched);
}

/** The files that completed a packet show that it is of another case. What another sender sent stays where it was. */
const isTakenBy = (base: PacketDecided, decided: PacketDecided): boolean =>
  !isSameCase(base, decided) && isSameSender(base.sender, decided.sender);

const distinctAreas = (areas: AreaMonth[]): AreaMonth[] => [
  ...new Map(areas.map((one) => [areaMonth(one), one])).values(),
];

/** Nothing of the completed packet counts where it was. */
async function leaveBase(
  records: RecordContext,
  base: PacketDecided,
  decided: PacketDecided,
): Promise<AreaMonth[]> {
  const at = records.now().toISOString();
  await append(records.store, { ...packetKeys.moved(base.packet_id), at, to: decided.packet_id });
  await supersedeReview(records.store, base.packet_id, decided.packet_id);
  return leaveCaseOf(records, base, decided);
}

/**
 * A decision is followed by one that shows its papers to be of another case: it counts no more where it was, and the
 * version before it counts again. Does nothing in the same case. Returns the areas whose summaries must be recomputed.
 * Idempotent.
 */
export async function leaveCaseOf(
  records: RecordContext,
  before: PacketDecided,
  now: PacketDecided,
): Promise<AreaMonth[]> {
  if (isSameCase(before, now)) return [];
  const { store } = records;
  // In the same chain the later version counts, in its own area.
  if (isSameChain(before, now)) return [await leaveCase(store, before)];
  const { packet_id, run } = before;
  const own = (await versionsOf(store, before)).find((one) => one.packet_id === packet_id && one.run === run);
  if (own) {
    const { version } = own;
    const at = records.now().toISOString();
    await append(store, {
      ...caseKeys.left(before, before, version, run),
      at,
      packet_id,
      version,
      run,
      to: now.packet_id,
    });
  }
  const left = await leaveCase(store, before);
  const again = await countAgain(records, before);
  return [left, ...again, ...(await withdrawWatch(records, before))];
}

const isSameChain = (a: PacketDecided, b: PacketDecided): boolean =>
  (['city', 'month', 'person', 'event', 'owner'] as const).every((key) => a[key] === b[key]);

/** True when both decisions are about the same person, month and event of the same owner, in the same area. */
export const isSameCase = (a: PacketDecided, b: PacketDecided): boolean =>
  a.area === b.area && isSameChain(a, b);

async function addVersion(
  store: RecordStore,
  decided: PacketDecided,
  verdict: PacketVerdict,
  { before, base }: { before?: CaseVersion[] | undefined; base: PacketDecided | null },
): Promise<{ version: CaseVersion; chain: CaseVersion[] }> {
  const joined = base && (await versionsOf(store, base)).findLast((v) => v.packet_id === base.packet_id);
  for (let existing = before; ; existing = undefined) {
    const chain = existing ?? (await versionsOf(store, decided));
    const own = chain.find((v) => v.packet_id === decided.packet_id && v.run === decided.run);
    if (own) return { version: own, chain };
    const version = nextVersion(decided, verdict, { before: chain, joined: joined ?? null });
    // Another process may take this number at the same moment; then read again and take the next one.
    if (await append(store, version)) {
      // A further run of a version that was withdrawn is withdrawn with it.
      const withdrawn_at = chain.find((v) => v.version === version.version)?.withdrawn_at;
      const marked = withdrawn_at ? { ...version, withdrawn_at } : version;
      return { version: marked, chain: [...chain, marked].sort((a, b) => (a.seq < b.seq ? -1 : 1)) };
    }
  }
}

/** @param joined the version its files completed, which may be in another chain */
function nextVersion(
  decided: PacketDecided,
  verdict: PacketVerdict,
  { before, joined }: { before: CaseVersion[]; joined: CaseVersion | null },
): CaseVersion {
  const earlier = before.find((v) => v.packet_id === decided.packet_id);
  const number = earlier?.version ?? Math.max(before.at(-1)?.version ?? 0, joined?.version ?? 0) + 1;
  const valid = before.filter(stands);
  const completed = joined && !joined.withdrawn_at ? [joined] : [];
  const [first] = [...valid.slice(0, 1), ...completed].sort((a, b) =>
    a.first_received_at.localeCompare(b.first_received_at),
  );
  return {
    ...caseKeys.version(decided, decided, number, decided.run),
    at: decided.at,
    version: number,
    run: decided.run,
    packet_id: decided.packet_id,
    upload_id: decided.upload_id,
    area: decided.area,
    office: decided.office,
    owner: decided.owner,
    contested: standingOf(decided.sender, verdict) === 'contested',
    is_read: verdict.is_read,
    category: verdict.category,
    decision: decided.decision,
    ...(verdict.history_line && { history_line: verdict.history_line }),
    received_at: decided.received_at,
    first_upload_id: first?.first_upload_id ?? decided.upload_id,
    first_received_at: first?.first_received_at ?? decided.received_at,
    first_decided_at: first?.first_decided_at ?? first?.at ?? decided.at,
  };
}
