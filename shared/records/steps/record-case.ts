import type { PacketVerdict } from '../../decision/verdict.ts';
import type { CaseVersion } from '../events/case-events.ts';
import { caseKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { isOfSameOffice, versionsOf } from '../events/read-case.ts';
import type { AreaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { markLeft, putCase } from '../views/case-view.ts';
import { supersedeReview } from '../views/review-item.ts';

/**
 * Records a decision in its case: a version in the chain, and the case of its area and month.
 * Returns the areas whose summaries must be recomputed. Idempotent.
 * @param verdict the verdict, where the caller has it; otherwise it is read back
 */
export async function recordCase(
  records: RecordContext,
  decided: PacketDecided,
  verdict?: PacketVerdict,
): Promise<AreaMonth[]> {
  const { store } = records;
  const whole = verdict ?? (await records.results.readVerdict(decided));
  const { version, versions } = await addVersion(store, decided, whole);
  // A case that moved to another area later is put too, and marked: a rebuild leaves the same marks in any order.
  const isLatestInArea = versions.filter(({ area }) => area === decided.area).at(-1)?.seq === version.seq;
  if (isLatestInArea) await putCase(store, decided, whole, versions, version);
  const latest = versions.at(-1)!;
  if (latest.area !== decided.area) await markLeft(store, decided, decided.area, latest.version);
  const touched = [decided.area];
  for (const older of versions.filter((v) => v.seq < version.seq)) {
    if (older.packet_id !== decided.packet_id && isOfSameOffice(older, version))
      await supersedeReview(store, older.packet_id, decided.packet_id);
    if (touched.includes(older.area)) continue;
    await markLeft(store, decided, older.area, version.version);
    touched.push(older.area);
  }
  return touched.map((area) => ({ city: decided.city, area, month: decided.month }));
}

/** True when both decisions are about the same person, month and event in the same area. */
export const isSameCase = (a: PacketDecided, b: PacketDecided): boolean =>
  (['city', 'area', 'month', 'person', 'event'] as const).every((key) => a[key] === b[key]);

async function addVersion(
  store: RecordStore,
  decided: PacketDecided,
  verdict: PacketVerdict,
): Promise<{ version: CaseVersion; versions: CaseVersion[] }> {
  for (;;) {
    const versions = await versionsOf(store, decided);
    const existing = versions.find((v) => v.packet_id === decided.packet_id && v.run === decided.run);
    if (existing) return { version: existing, versions };
    const version = nextVersion(decided, verdict, versions);
    // Another process may take this number at the same moment; then read again and take the next one.
    if (await append(store, version))
      return { version, versions: [...versions, version].sort((a, b) => (a.seq < b.seq ? -1 : 1)) };
  }
}

function nextVersion(decided: PacketDecided, verdict: PacketVerdict, before: CaseVersion[]): CaseVersion {
  const earlier = before.find((v) => v.packet_id === decided.packet_id);
  const number = earlier?.version ?? (before.at(-1)?.version ?? 0) + 1;
  const first = before.find((v) => isOfSameOffice(v, decided));
  return {
    ...caseKeys.version(decided, decided.event, number, decided.run),
    at: decided.at,
    version: number,
    run: decided.run,
    packet_id: decided.packet_id,
    upload_id: decided.upload_id,
    area: decided.area,
    office: decided.office,
    category: verdict.category,
    decision: decided.decision,
    received_at: decided.received_at,
    first_upload_id: first?.first_upload_id ?? decided.upload_id,
    first_received_at: first?.first_received_at ?? decided.received_at,
  };
}
