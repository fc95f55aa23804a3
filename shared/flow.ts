import { createHash } from 'node:crypto';
import { decide, outcomeOf } from './decision/decide.ts';
import { undecided } from './decision/undecided.ts';
import type { Decision, PacketVerdict } from './decision/verdict.ts';
import { holdsPictures, weighScans, withoutPictures } from './decision/weigh-scans.ts';
import type { ReadDocument } from './documents/document.ts';
import { readDocuments } from './documents/read-documents.ts';
import type { ScanTexts } from './documents/scan/scan-text.ts';
import { withScans } from './documents/scan/with-scans.ts';
import { collectFacts } from './facts/collect-facts.ts';
import { factValue } from './facts/fact.ts';
import { type Identity, identify } from './facts/identify.ts';
import { Readings } from './facts/readings.ts';
import { type Finding, fileFinding } from './findings/finding.ts';
import { groupFindings } from './findings/group-findings.ts';
import { closeLedger, pageCount } from './packet/ledger.ts';
import { openUpload } from './packet/open-upload.ts';
import type { Packet } from './packet/packet.ts';
import { type ReadCover, readCover, underSheet } from './packet/read-cover.ts';
import { splitStack } from './packet/split-stack.ts';
import type { UploadSource } from './packet/upload-source.ts';
import type { Registry } from './registry/registry.ts';
import { addMonths } from './rules/days.ts';
import { readEventAsCity } from './rules/event-reading.ts';

/** What the desk knows beside the upload itself. */
export interface Desk {
  registries: Registry[];
  /** the day of judgement, ISO date */
  today: string;
  /** when the upload was received, ISO date; absent in a dry run, where nothing has been received */
  received?: string;
  /** city key, when the caller fixes it (`check --city`) */
  city?: string;
  /** the case of the same person in the month before, from the records */
  previousCase?: (
    person: { city: string; insurer_number: string; insured_number: string },
    month: string,
  ) => Promise<{ category: string } | null>;
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string;
  /** what was read from scans so far; without it, or where nothing stands there yet, pictures wait for a person */
  scans?: ScanTexts;
}

/**
 * The journey of one upload: packet → documents → facts → findings → decision.
 * Yields one verdict per packet, in the order of the ZIP; memory does not grow with the number of packets.
 * An upload that cannot be opened yields one verdict that says so. Never throws for what an office sent.
 */
export async function* decideUpload(source: UploadSource, desk: Desk): AsyncGenerator<PacketVerdict> {
  const upload = await openUpload(source);
  const notes = upload.findings.filter((f) => f.severity === 'info');
  let packets = 0;
  for await (const packet of upload.packets()) {
    // A note about the whole upload is told once, with its first packet.
    const told = packets++ === 0 ? notes : [];
    yield* decidePacket({ ...packet, findings: [...told, ...packet.findings] }, desk);
  }
  // What is wrong with the upload as a whole gets a verdict of its own, so that it reaches the office.
  const troubles = upload.findings.filter((f) => f.severity !== 'info');
  if (troubles.length > 0 || packets === 0) yield uploadVerdict(source.name, upload.digest, troubles);
}

/** The journey of one packet: one verdict, or one for each part of a stack of papers that 送付票 divide. */
export async function* decidePacket(packet: Packet, desk: Desk): AsyncGenerator<PacketVerdict> {
  const cover = await readCover(packet);
  const printed = await readDocuments(packet);
  const documents = await withScans(packet, printed, desk.scans);
  // The packet as it is without its pictures gives it its id, which must not change once they are read.
  const bare = holdsPictures(documents) ? await judge(packet, cover, withoutPictures(printed), desk) : null;
  for (const [i, part] of splitStack(packet, documents).entries()) {
    const said = part.sheet ? underSheet(cover, part.sheet) : cover;
    const verdict = await judge(part.packet, said, part.documents, desk);
    if (!holdsPictures(part.documents)) yield verdict;
    else {
      // What a picture says is weighed against what the packet says without it.
      const alone = await judge(part.packet, said, withoutPictures(part.documents), desk);
      const id = i === 0 && bare ? bare.packet_id : alone.packet_id;
      yield { ...weighScans(verdict, alone, part.documents, said.cover), packet_id: id };
    }
  }
}

/** Documents → facts → findings → decision. */
async function judge(
  packet: Packet,
  cover: ReadCover,
  documents: ReadDocument[],
  desk: Desk,
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
    })),
    ledger,
  };
}

async function previousOf(
  identity: Identity,
  month: string | null,
  desk: Desk,
): Promise<{ category: string } | null> {
  const { city, insurer_number, insured_number } = identity;
  if (!desk.previousCase || !city || !insurer_number || !insured_number || !month) return null;
  return desk.previousCase({ city, insurer_number, insured_number }, addMonths(month, -1));
}

/** A packet is its office and its contents: the same bytes again are the same packet. */
export const packetId = (office: string | null, digest: string): string =>
  createHash('sha256')
    .update(`${office ?? ''}\n${digest}`)
    .digest('hex')
    .slice(0, 32);

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

function uploadVerdict(name: string, digest: string, findings: Finding[]): PacketVerdict {
  const told =
    findings.length > 0
      ? findings
      : [
          fileFinding(
            'F_ZIP_EMPTY',
            'error',
            { file: name },
            `${name} の中に書類が一つもありません。`,
            '利用者ごとのフォルダーを一つのZIPにまとめ、作り直して送ってください。',
          ),
        ];
  return {
    ...noCity(),
    decision: 'return',
    findings: told,
    packet: name,
    packet_id: packetId(null, digest),
    digest,
    city: null,
    area: null,
    center_number: null,
    insurer_number: null,
    insured_number: null,
    name: null,
    office_number: null,
    service_month: null,
    event: null,
    documents: [],
    ledger: {
      files: 1,
      pages: 0,
      rows: 0,
      accounted: true,
      outcomes: { unreadable: { files: 1, pages: 0, rows: 0 } },
    },
  };
}

/** Without a city no rule can speak. */
const noCity = (): Decision => ({
  decision: 'return',
  category: null,
  responsible_body: null,
  entrusted_body: null,
  claimant: null,
  payer: null,
  base_units: null,
  total_units: null,
  yen: null,
  addons_allowed: [],
  addons_denied: [],
  required_documents: [],
  optional_documents: [],
  missing_documents: [],
  notification_required: null,
  notification_form: null,
  notification_kind: null,
  notification_to: null,
  notification_attachments: [],
  contract_parties: [],
  new_contract_required: null,
  deadlines: [],
  findings: [],
  aggregates: null,
  checklist: [],
  involvement: null,
  edition: '',
  provisional: false,
  explanation: { facts: [], rules: [], would_change: [], caveats: [] },
});
