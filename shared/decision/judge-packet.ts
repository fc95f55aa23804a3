import { addMonths } from '../calendar/days.ts';
import type { ReadCover } from '../cover-sheet/read-cover.ts';
import type { ReadDocument } from '../documents/document.ts';
import { carriesMyNumber, withdrawnReading } from '../documents/quarantine.ts';
import { collectFacts } from '../facts/collect-facts.ts';
import { factValue } from '../facts/fact.ts';
import { type Identity, identify } from '../facts/identify.ts';
import { Readings } from '../facts/readings.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { groupFindings } from '../findings/group-findings.ts';
import type { Packet } from '../packet/packet.ts';
import { packetId } from '../packet/packet-id.ts';
import { readEventAsCity } from '../rules/event-reading.ts';
import { decide, outcomeOf } from './decide.ts';
import type { DecisionContext, Sender } from './decision-context.ts';
import { closeLedger, pageCount } from './packet-ledger.ts';
import { twoOffices } from './two-offices.ts';
import { undecided } from './undecided.ts';
import type { PacketVerdict } from './verdict.ts';
import { noCity } from './without-city.ts';

/** Documents → facts → findings → decision. */
export async function judgePacket(
  packet: Packet,
  cover: ReadCover,
  documents: ReadDocument[],
  desk: DecisionContext,
): Promise<PacketVerdict> {
  const readings = new Readings(documents.filter((d) => d.outcome === 'used'));
  const { identity, findings: who } = identify(readings, cover.cover, {
    registries: desk.registries,
    city: desk.city,
  });
  const collected = collectFacts(documents, {
    identity,
    cover,
    today: desk.today,
    ...(desk.received && { received: desk.received }),
    previous: null,
  });
  const month = factValue<string>(collected.facts, 'service_month') ?? null;
  const previous = await previousOf(identity, month, desk);
  const { facts, findings: read } = previous
    ? collectFacts(documents, {
        identity,
        cover,
        today: desk.today,
        ...(desk.received && { received: desk.received }),
        previous,
      })
    : collected;
  if (identity.city) readEventAsCity(facts, identity.city, month ?? undefined, desk.profiles);

  const withdrawn = documents
    .filter(carriesMyNumber)
    .map((document) => ({ ...withdrawnReading(document), digest: document.digest }));
  const { ledger, findings: ledgerFindings } = closeLedger(packet, documents, cover.file);
  const decided = identity.city
    ? decide(facts, identity.city, { ...(desk.profiles && { profiles: desk.profiles }) })
    : noCity();
  const findings = groupFindings([
    ...packet.findings,
    ...cover.findings,
    ...documents.flatMap((d) => d.findings),
    ...emptyPacket(documents),
    ...who,
    ...read,
    ...decided.findings,
    ...(identity.city ? undecided(decided, facts) : []),
    ...twoOffices(
      { office_number: identity.office_number, category: decided.category },
      await sendersOf(identity, month, desk),
      desk.registries,
    ),
    ...ledgerFindings,
  ]);
  return {
    ...decided,
    decision: outcomeOf(findings),
    findings,
    packet: packet.name,
    packet_id: packetId(identity.office_number, packet.digest),
    digest: packet.digest,
    city: identity.city,
    area: identity.area,
    center_number: identity.center_number,
    insurer_number: identity.insurer_number,
    insured_number: identity.insured_number,
    name: identity.name,
    office_number: identity.office_number,
    service_month: month,
    event: factValue<string>(facts, 'event') ?? null,
    documents: documents.map((d) => ({
      file: d.file,
      kind: d.kind,
      read_by: d.read_by,
      pages: pageCount(d),
      title: d.title,
      digest: d.digest,
    })),
    ledger,
    ...(withdrawn.length > 0 && { withdrawn }),
  };
}

async function previousOf(
  identity: Identity,
  month: string | null,
  desk: DecisionContext,
): Promise<{ category: string } | null> {
  const { city, insurer_number, insured_number } = identity;
  if (!desk.previousCase || !city || !insurer_number || !insured_number || !month) return null;
  return desk.previousCase({ city, insurer_number, insured_number }, addMonths(month, -1));
}

async function sendersOf(identity: Identity, month: string | null, desk: DecisionContext): Promise<Sender[]> {
  const { city, insurer_number, insured_number } = identity;
  if (!desk.sendersOf || !city || !insurer_number || !insured_number || !month) return [];
  return desk.sendersOf({ city, insurer_number, insured_number }, month);
}

/** Nothing in the folder could be read: never an acceptance. */
function emptyPacket(documents: ReadDocument[]): Finding[] {
  if (documents.some((d) => d.outcome === 'used')) return [];
  return [
    fileFinding(
      'F_PACKET_EMPTY',
      'error',
      {},
      'このフォルダーには、読み取れる書類が一つもありません。',
      'ケアプランデータ連携のCSV、PDF、画像のいずれかの書類を入れて出し直してください。',
    ),
  ];
}
