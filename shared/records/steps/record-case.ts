import type { Sender } from '../../decision/decision-context.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import { append, caseStream, type DeskEvent, readStream } from '../events/event-log.ts';
import { readRetention, showRetention } from '../lifecycle/retention.ts';
import { type RecordContext, UNKNOWN_OFFICE } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { supersedeReview } from '../views/review-item.ts';
import type { PacketDecided } from './record-packet.ts';

/** One more version of what an office sent for a person, month and event. The chain keeps the first receipt. */
export interface CaseVersion extends DeskEvent {
  type: 'case.version';
  version: number;
  /** the run of the packet that was decided: 1, and 2 once its scans were read */
  run: number;
  packet_id: string;
  upload_id: string;
  area: string;
  office: string;
  category: string | null;
  decision: DecisionOutcome;
  received_at: string;
  first_upload_id: string;
  /** receipt date of the first version, kept over corrections of the same office */
  first_received_at: string;
}

/** A person's month in an area: what the desk decided last, with what the views need. */
export interface CaseRecord {
  /** city#area#month: one partition, so that a summary is one consistent query */
  area_month: string;
  case_key: string;
  /** city#person key: the person's months on one line */
  person: string;
  month: string;
  city: string;
  area: string;
  center_number: string | null;
  office: string;
  /** other offices whose papers of the same event came before and stand */
  earlier_offices: string[];
  event: string;
  version: number;
  run: number;
  packet: string;
  packet_id: string;
  upload_id: string;
  first_received_at: string;
  received_at: string;
  decided_at: string;
  edition: string;
  insured_number: string | null;
  name: string | null;
  category: string | null;
  payer: string | null;
  base_units: number | null;
  total_units: number | null;
  decision: DecisionOutcome;
  missing_documents: string[];
  /** how often each finding code stands in the verdict */
  codes: Record<string, number>;
  deadlines: { what: string; due: string }[];
  review_due: string | null;
  verdict_key: string;
  verdict_digest: string;
  /** a later version went to another area or month: kept here as a mark, counted there */
  superseded?: boolean;
  /** 完結の日, keep-until and hold, once a person has said something of them */
  retention?: { completed_on: string | null; keep_until: string | null; hold: boolean; seq: string };
  /** nothing but the numbers is left of it: erased after its time */
  erased?: boolean;
}

export interface AreaMonth {
  city: string;
  area: string;
  month: string;
}
export const areaMonth = (at: AreaMonth): string => `${at.city}#${at.area}#${at.month}`;

/**
 * Puts a decision into its case: a version in the chain, the case of its area and month.
 * Returns the areas whose summaries have to be made again. Done twice, it changes nothing.
 */
export async function recordCase(
  records: RecordContext,
  decided: PacketDecided,
  known?: PacketVerdict,
): Promise<AreaMonth[]> {
  const verdict = known ?? (await records.results.readVerdict(decided));
  const { version, versions } = await addVersion(records.store, decided, verdict);
  // Also what went on in another area later is put, and marked: a rebuild leaves the same marks in any order.
  const isLatestHere = versions.filter((one) => one.area === decided.area).at(-1)!.seq === version.seq;
  if (isLatestHere) await putCase(records.store, decided, verdict, versions, version);
  const latest = versions.at(-1)!;
  if (latest.area !== decided.area) await leaveArea(records.store, decided, decided.area, latest.version);
  const touched = [decided.area];
  for (const older of versions.filter((v) => v.seq < version.seq)) {
    if (older.packet_id !== decided.packet_id && isOfSameOffice(older, version))
      await supersedeReview(records.store, older.packet_id, decided.packet_id);
    if (older.area === decided.area || touched.includes(older.area)) continue;
    await leaveArea(records.store, decided, older.area, version.version);
    touched.push(older.area);
  }
  return touched.map((area) => ({ city: decided.city, area, month: decided.month }));
}

/**
 * A packet that was decided again belongs to another person, month or city than before: its old place keeps a mark.
 * Returns the area whose summary has to be made again. Done twice, it changes nothing.
 */
export async function leaveCase(store: RecordStore, before: PacketDecided): Promise<AreaMonth> {
  await store.update(
    'cases',
    { area_month: areaMonth(before), case_key: `${before.person}#${before.event}` },
    {
      expression: 'SET superseded = :yes',
      values: { ':yes': true, ':packet': before.packet_id },
    },
    'packet_id = :packet',
  );
  const { city, area, month } = before;
  return { city, area, month };
}

/** True when both decisions are about the same person, month and event in the same area. */
export const isSameCase = (a: PacketDecided, b: PacketDecided): boolean =>
  (['city', 'area', 'month', 'person', 'event'] as const).every((key) => a[key] === b[key]);

/** The version a packet is of its case, and the first receipt it inherits. */
export async function versionOf(store: RecordStore, decided: PacketDecided): Promise<CaseVersion | null> {
  const versions = await versionsOf(store, decided);
  return versions.find((v) => v.packet_id === decided.packet_id) ?? null;
}

export const versionsOf = (store: RecordStore, of: PacketDecided): Promise<CaseVersion[]> =>
  collect(
    readStream<CaseVersion>(store, caseStream(of.city, of.person, of.month), { begins: `${of.event}#` }),
  );

/** What was decided for the person in a month, the latest version of it: for rules that look at the month before. */
export async function latestCategory(
  store: RecordStore,
  city: string,
  person: string,
  month: string,
): Promise<string | null> {
  const versions = await collect(readStream<CaseVersion>(store, caseStream(city, person, month)));
  const decided = versions
    // of a packet that was decided again, the last decision counts
    .filter((v) => !versions.some((other) => other.packet_id === v.packet_id && other.run > v.run))
    .filter((v) => v.category !== null && v.decision !== 'return');
  return decided.sort((a, b) => a.at.localeCompare(b.at)).at(-1)?.category ?? null;
}

/** Who sent papers of the person's month that did not go back, each with what its latest ones were judged to be. */
export async function sendersOf(
  store: RecordStore,
  city: string,
  person: string,
  month: string,
): Promise<Sender[]> {
  const versions = await collect(readStream<CaseVersion>(store, caseStream(city, person, month)));
  return standing(versions).map(({ office, category }) => ({ office_number: office, category }));
}

/** The last word of each known office, where it did not go back. */
function standing(versions: CaseVersion[]): CaseVersion[] {
  const last = new Map<string, CaseVersion>();
  for (const version of versions.toSorted((a, b) => a.at.localeCompare(b.at) || a.run - b.run))
    if (version.office !== UNKNOWN_OFFICE) last.set(version.office, version);
  return [...last.values()].filter(({ decision }) => decision !== 'return');
}

/** Whether one version corrects the other: an office corrects its own papers, never those of another office. */
export const isOfSameOffice = (a: { office: string }, b: { office: string }): boolean =>
  a.office === b.office || [a.office, b.office].includes(UNKNOWN_OFFICE);

async function addVersion(
  store: RecordStore,
  decided: PacketDecided,
  verdict: PacketVerdict,
): Promise<{ version: CaseVersion; versions: CaseVersion[] }> {
  for (;;) {
    const versions = await versionsOf(store, decided);
    const there = versions.find((v) => v.packet_id === decided.packet_id && v.run === decided.run);
    if (there) return { version: there, versions };
    const version = nextVersion(decided, verdict, versions);
    // Somebody else may take this number at the same moment; then look again and take the next one.
    if (await append(store, version))
      return { version, versions: [...versions, version].sort((a, b) => (a.seq < b.seq ? -1 : 1)) };
  }
}

function nextVersion(decided: PacketDecided, verdict: PacketVerdict, before: CaseVersion[]): CaseVersion {
  const earlier = before.find((v) => v.packet_id === decided.packet_id);
  const number = earlier?.version ?? (before.at(-1)?.version ?? 0) + 1;
  const run = decided.run > 1 ? `.${String(decided.run).padStart(4, '0')}` : '';
  const first = before.find((v) => isOfSameOffice(v, decided));
  return {
    stream: caseStream(decided.city, decided.person, decided.month),
    // a further run stands right behind its version and before the next one
    seq: `${decided.event}#${String(number).padStart(4, '0')}${run}`,
    type: 'case.version',
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

/** State forward only: an older version never replaces a newer one. */
async function putCase(
  store: RecordStore,
  decided: PacketDecided,
  verdict: PacketVerdict,
  versions: CaseVersion[],
  version: CaseVersion,
): Promise<void> {
  const codes: Record<string, number> = {};
  for (const { code } of verdict.findings) codes[code] = (codes[code] ?? 0) + 1;
  const record: CaseRecord = {
    area_month: areaMonth(decided),
    case_key: `${decided.person}#${decided.event}`,
    person: `${decided.city}#${decided.person}`,
    month: decided.month,
    city: decided.city,
    area: decided.area,
    center_number: verdict.center_number,
    office: decided.office,
    earlier_offices: standing(versions.filter((v) => v.seq < version.seq))
      .map(({ office }) => office)
      .filter((office) => office !== decided.office),
    event: decided.event,
    version: version.version,
    run: version.run,
    packet: decided.packet,
    packet_id: decided.packet_id,
    upload_id: decided.upload_id,
    first_received_at: version.first_received_at,
    received_at: decided.received_at,
    decided_at: decided.at,
    edition: decided.edition,
    insured_number: verdict.insured_number,
    name: verdict.name,
    category: verdict.category,
    payer: verdict.payer,
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    decision: decided.decision,
    missing_documents: verdict.missing_documents,
    codes,
    deadlines: verdict.deadlines.slice(0, 20).map(({ what, due }) => ({ what, due })),
    review_due: decided.review_due,
    verdict_key: decided.verdict_key,
    verdict_digest: decided.verdict_digest,
  };
  await store.putIf('cases', record, {
    expression:
      'attribute_not_exists(version) OR version < :version OR (version = :version AND #run <= :run)',
    names: { '#run': 'run' },
    values: { ':version': version.version, ':run': version.run },
  });
  await showRetention(store, record, await readRetention(store, decided));
}

const leaveArea = (store: RecordStore, decided: PacketDecided, area: string, version: number) =>
  store.update(
    'cases',
    { area_month: areaMonth({ ...decided, area }), case_key: `${decided.person}#${decided.event}` },
    {
      expression: 'SET superseded = :yes, version = :version',
      values: { ':yes': true, ':version': version },
    },
    'attribute_not_exists(version) OR version <= :version',
  );
