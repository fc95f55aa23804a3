import type { PacketVerdict } from '../../decision/verdict.ts';
import { usableValue } from '../../facts/fact.ts';
import type { CaseVersion } from '../events/case-events.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { closingOf, readActs } from '../events/read-acts.ts';
import { stands } from '../events/read-case.ts';
import { type Retention, readRetention } from '../events/read-retention.ts';
import { type AreaMonth, areaMonth, type CaseRecord, rosterOf } from '../store/case-record.ts';
import type { RecordStore } from '../store/record-store.ts';

/**
 * State forward only: an older version never replaces a newer one that counts.
 * @param isNew the packet was decided just now, for the first time: no one has reviewed it
 * @param instead numbers of later versions that count no more
 */
export async function putCase(
  store: RecordStore,
  decided: PacketDecided,
  verdict: PacketVerdict,
  version: CaseVersion,
  { isNew = false, instead = [] }: { isNew?: boolean; instead?: number[] } = {},
): Promise<void> {
  const codes: Record<string, number> = {};
  for (const { code } of verdict.findings) codes[code] = (codes[code] ?? 0) + 1;
  const record: CaseRecord = {
    area_month: areaMonth(decided),
    case_key: keyInArea(decided),
    person: `${decided.city}#${decided.person}`,
    month: decided.month,
    roster: rosterOf(decided),
    city: decided.city,
    area: decided.area,
    center_number: verdict.center_number,
    office: decided.office,
    owner: decided.owner,
    contested: version.contested,
    event: decided.event,
    version: version.version,
    run: version.run,
    rank: rankOf(version),
    packet: decided.packet,
    packet_id: decided.packet_id,
    upload_id: decided.upload_id,
    first_received_at: version.first_received_at,
    received_at: decided.received_at,
    decided_at: decided.at,
    first_answered_at: version.first_decided_at ?? decided.at,
    edition: decided.edition,
    insured_number: verdict.insured_number,
    name: verdict.name,
    category: verdict.category,
    switched_from: verdict.switched_from ?? null,
    payer: verdict.payer,
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    claim: verdict.claim ?? null,
    commission: verdict.commission ?? null,
    decision: decided.decision,
    missing_documents: verdict.missing_documents,
    documents: [
      ...new Set(
        verdict.documents.flatMap(({ kind, read_by }) => (kind && read_by !== 'none' ? [kind] : [])),
      ),
    ],
    ...(verdict.history_line && { history_line: verdict.history_line }),
    certification: textFact(verdict, 'certification'),
    cert_valid_to: textFact(verdict, 'cert_valid_to'),
    plan_valid_to: textFact(verdict, 'dates.plan_to'),
    codes,
    reasons: reasonsOf(verdict),
    waivers: [...new Set(verdict.findings.flatMap(({ waived }) => waived ?? []))],
    deadlines: verdict.deadlines.slice(0, 20).map(({ what, due }) => ({ what, due })),
    review_due: decided.review_due,
    verdict_key: decided.verdict_key,
    verdict_digest: decided.verdict_digest,
    ...((!stands(version) || isHandedOver(verdict)) && { superseded: true }),
    ...(version.withdrawn_at && { withdrawn_at: version.withdrawn_at }),
  };
  await (instead.length > 0
    ? putInstead(store, record, instead)
    : store.putIf('cases', record, {
        expression: 'attribute_not_exists(#rank) OR #rank <= :rank',
        names: { '#rank': 'rank' },
        values: { ':rank': record.rank },
      }));
  await showRetention(store, record, await readRetention(store, decided));
  if (!isNew) await showReviewEnd(store, decided);
}

/** Puts a case in the place of later versions. An update: the API has the right to no other write of a case. */
async function putInstead(store: RecordStore, record: CaseRecord, instead: number[]): Promise<void> {
  const { area_month, case_key, ...rest } = record;
  const shown = Object.entries(rest).filter(([, value]) => value !== undefined);
  const gone = instead.map((number, n) => [`:gone${n}`, number] as const);
  const absent = OF_A_VERSION.filter((name) => record[name] === undefined);
  await store.update(
    'cases',
    { area_month, case_key },
    {
      expression: `SET ${shown.map((_, n) => `#n${n} = :v${n}`).join(', ')} REMOVE ${absent.join(', ')}`,
      names: {
        ...Object.fromEntries(shown.map(([name], n) => [`#n${n}`, name])),
        '#version': 'version',
        '#rank': 'rank',
      },
      values: {
        ...Object.fromEntries(shown.map(([, value], n) => [`:v${n}`, value])),
        ...Object.fromEntries(gone),
        ':rank': record.rank,
      },
    },
    `#rank <= :rank OR ${gone.map(([name]) => `#version = ${name}`).join(' OR ')}`,
  );
}

/** What one version of a case may have and another may not. */
const OF_A_VERSION = [
  'history_line',
  'superseded',
  'withdrawn_at',
  'review_closed',
  'overdue_papers',
  'overdue_events',
] as const;

/** Its papers are in the packets of their persons: nothing is left to count. */
const isHandedOver = ({ findings }: PacketVerdict): boolean =>
  findings.some(({ code }) => code === 'F_PACKET_HANDED_OVER');

/** The text of a fact that may be used; null where it is missing or in conflict. */
function textFact({ explanation }: PacketVerdict, path: string): string | null {
  const value = usableValue(explanation.facts.find((fact) => fact.path === path));
  return typeof value === 'string' ? value : null;
}

/** Each finding once by code, severity and rule. */
function reasonsOf({ findings }: PacketVerdict): CaseRecord['reasons'] {
  const reasons = findings.map(({ code, severity, rule }) => ({ code, severity, rule }));
  return [...new Map(reasons.map((one) => [Object.values(one).join(' '), one])).values()];
}

/** A person has ended the review of this run of the packet, or given the advice it was due for. Idempotent. */
export async function showReviewEnd(store: RecordStore, decided: PacketDecided): Promise<void> {
  const acts = await readActs(store, decided.packet_id);
  const end = closingOf(acts, decided) ?? acts.findLast(({ type }) => type === 'review.advised');
  if (!end) return;
  const decision = end.type === 'review.closed' ? end.decision : 'advised';
  await store.update(
    'cases',
    caseKey(decided),
    {
      expression: 'SET review_closed = :how',
      names: { '#run': 'run' },
      values: { ':how': { at: end.at, decision }, ':packet': decided.packet_id, ':run': decided.run },
    },
    'packet_id = :packet AND #run = :run',
  );
}

/** The owner withdrew the packet: its case stays as a mark and counts nowhere. Idempotent. */
export const showWithdrawnInCase = (
  store: RecordStore,
  decided: PacketDecided,
  at: string,
): Promise<boolean> =>
  store.update(
    'cases',
    caseKey(decided),
    {
      expression: 'SET superseded = :yes, withdrawn_at = :at',
      values: { ':yes': true, ':at': at, ':packet': decided.packet_id },
    },
    'packet_id = :packet',
  );

/** Key of a packet's case in an area; without `area`, in its own. */
const caseKey = (decided: PacketDecided, area = decided.area) => ({
  area_month: areaMonth({ ...decided, area }),
  case_key: keyInArea(decided),
});

const keyInArea = ({ person, event, owner }: PacketDecided): string => `${person}#${event}#${owner}`;

/** Sorts versions by what counts: read before unread, then the number, then the run. */
function rankOf({ is_read, version, run }: Pick<CaseVersion, 'is_read' | 'version' | 'run'>): string {
  const pad = (n: number): string => String(n).padStart(4, '0');
  return `${is_read ? 1 : 0}.${pad(version)}.${pad(run)}`;
}

/** The version that counts is in another area: the case stays here as a mark and counts there. */
export const markLeft = (
  store: RecordStore,
  decided: PacketDecided,
  area: string,
  current: CaseVersion,
): Promise<boolean> =>
  store.update(
    'cases',
    caseKey(decided, area),
    {
      expression: 'SET superseded = :yes, version = :version, #rank = :rank',
      names: { '#rank': 'rank' },
      values: { ':yes': true, ':version': current.version, ':rank': rankOf(current) },
    },
    'attribute_not_exists(#rank) OR #rank <= :rank',
  );

/**
 * A packet that was decided again belongs to another person, month or city than before: its old case keeps a mark.
 * Returns the area whose summary must be recomputed. Idempotent.
 */
export async function leaveCase(store: RecordStore, before: PacketDecided): Promise<AreaMonth> {
  await store.update(
    'cases',
    caseKey(before),
    {
      expression: 'SET superseded = :yes',
      values: { ':yes': true, ':packet': before.packet_id },
    },
    'packet_id = :packet',
  );
  const { city, area, month } = before;
  return { city, area, month };
}

/**
 * Puts the retention of a case onto its record. Called after every write of the record and after every retention event,
 * so that whichever write comes last wins.
 */
export async function showRetention(
  store: RecordStore,
  { area_month, case_key }: Pick<CaseRecord, 'area_month' | 'case_key'>,
  state: Retention | null,
): Promise<void> {
  if (!state) return;
  const { completed_on, keep_until, hold, seq } = state;
  await store.update(
    'cases',
    { area_month, case_key },
    {
      expression: 'SET retention = :state',
      values: { ':state': { completed_on, keep_until, hold: hold !== null, seq }, ':seq': seq },
    },
    'attribute_exists(case_key) AND (attribute_not_exists(retention) OR retention.seq < :seq)',
  );
}
