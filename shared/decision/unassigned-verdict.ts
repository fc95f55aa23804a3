import type { Papers } from '../cover-sheet/papers.ts';
import { identify } from '../facts/identify.ts';
import { groupFindings } from '../findings/group-findings.ts';
import { type DecisionContext, packetIdOf } from './decision-context.ts';
import { emptyDecision } from './empty-decision.ts';
import { loneFinding } from './lone-papers.ts';
import { outcomeOf } from './outcome.ts';
import { closeLedger } from './packet-ledger.ts';
import { documentLine, filesIn, withdrawnIn } from './to-verdict.ts';
import type { PacketVerdict } from './verdict.ts';

/**
 * The verdict on papers that may be meant for a packet sent before: a person looks at them. They are of no month, so that they
 * replace no case.
 */
export function loneVerdict(papers: Papers, context: DecisionContext): PacketVerdict {
  const { identity } = identify(papers, context);
  const { insured_number, name, area, center_number, home_area } = identity;
  const finding = loneFinding(papers.packet);
  const packet = { ...papers.packet, findings: [...papers.packet.findings, finding] };
  const verdict = unassignedVerdict({ ...papers, packet }, context);
  return { ...verdict, insured_number, name, area, center_number, home_area };
}

/**
 * The verdict on papers of an upload that lead to no person: a person looks at them. They are of no month, so that they
 * replace no case, whatever number is read on them later.
 */
export function unassignedVerdict(
  { packet, cover, documents }: Papers,
  context: DecisionContext,
): PacketVerdict {
  const { identity } = identify({ packet, cover, documents }, context);
  const { ledger, findings: ofLedger } = closeLedger(packet, documents, cover.files);
  const findings = groupFindings([
    ...packet.findings,
    ...cover.findings,
    ...documents.flatMap((document) => document.findings),
    ...ofLedger,
  ]);
  return {
    ...emptyDecision(),
    decision: outcomeOf(findings),
    findings,
    packet: packet.name,
    packet_id: packetIdOf(context, identity, packet.digest),
    digest: packet.digest,
    city: identity.city,
    area: null,
    center_number: null,
    insurer_number: identity.insurer_number,
    insured_number: null,
    name: null,
    office_number: identity.office_number,
    service_month: null,
    event: null,
    is_read: false,
    documents: documents.map(documentLine),
    ...filesIn(packet, cover.files),
    ledger,
    ...withdrawnIn(documents),
  };
}
