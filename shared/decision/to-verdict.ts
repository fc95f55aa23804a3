import type { Papers } from '../cover-sheet/papers.ts';
import type { ReadDocument } from '../documents/document.ts';
import { unreadPages } from '../documents/ocr/unread-image.ts';
import { carriesMyNumber, withdrawnReading } from '../documents/quarantine.ts';
import { type FactSheet, factValue } from '../facts/fact.ts';
import type { Identity } from '../facts/identify.ts';
import type { Packet } from '../packet/packet.ts';
import { splitFilesOf } from '../packet/split-files.ts';
import { type DecisionContext, packetIdOf } from './decision-context.ts';
import { toHistoryLine } from './history-line.ts';
import type { Judgement } from './judge.ts';
import { outcomeOf } from './outcome.ts';
import { pageCount } from './packet-ledger.ts';
import type { Decision, PacketVerdict } from './verdict.ts';

/** Findings → decision: accept, review or return, with everything the records and the letters need. */
export function toVerdict(
  { packet, documents, cover }: Papers,
  identity: Identity,
  { facts, ruling, findings, ledger }: Judgement,
  context: DecisionContext,
): PacketVerdict {
  return {
    ...ruling,
    decision: outcomeOf(findings),
    findings,
    packet: packet.name,
    packet_id: packetIdOf(context, identity, packet.digest),
    digest: packet.digest,
    city: identity.city,
    area: identity.area,
    center_number: identity.center_number,
    ...(identity.home_area && { home_area: identity.home_area }),
    insurer_number: identity.insurer_number,
    insured_number: identity.insured_number,
    name: identity.name,
    office_number: identity.office_number,
    service_month: identity.month.value,
    event: factValue<string>(facts, 'event') ?? null,
    ...switchOf(facts, ruling),
    is_read: documents.some(isRead),
    documents: documents.map(documentLine),
    ...filesIn(packet, cover.files),
    ledger,
    ...(identity.insured_number && identity.month.value && { history_line: toHistoryLine(facts, ruling) }),
    ...withdrawnIn(documents),
  };
}

function switchOf(facts: FactSheet, { category }: Decision): { switched_from?: string } {
  const before = factValue<string>(facts, 'previous_category');
  const isSwitch = factValue<boolean>(facts, 'is_switch') === true;
  return isSwitch && before && before !== category ? { switched_from: before } : {};
}

/** A form or a file of the standard, read. The cover sheet alone says nothing about a person's month. */
const isRead = ({ kind, read_by, outcome }: ReadDocument): boolean =>
  outcome === 'used' && kind !== null && kind !== 'cover_sheet' && read_by !== 'none';

/** What is kept of where its files are. */
export function filesIn(packet: Packet, covers: string[]): Pick<PacketVerdict, 'files'> {
  const files = splitFilesOf(packet, covers);
  return files ? { files } : {};
}

/** Files that must be stored nowhere. */
export function withdrawnIn(documents: ReadDocument[]): Pick<PacketVerdict, 'withdrawn'> {
  const withdrawn = documents
    .filter(carriesMyNumber)
    .map((document) => ({ ...withdrawnReading(document), digest: document.digest }));
  return withdrawn.length > 0 ? { withdrawn } : {};
}

export const documentLine = (document: ReadDocument): PacketVerdict['documents'][number] => ({
  file: document.file,
  kind: document.kind,
  read_by: document.read_by,
  pages: pageCount(document),
  ...(document.pages && { first_page: document.pages.from }),
  title: document.title,
  ...(unreadPages(document).length > 0 && { unread_pages: unreadPages(document).length }),
  digest: document.digest,
});
