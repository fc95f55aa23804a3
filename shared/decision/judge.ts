import { officeOf } from '../access/sender.ts';
import type { Papers } from '../cover-sheet/papers.ts';
import type { ReadDocument } from '../documents/document.ts';
import type { Collected } from '../facts/collect-facts.ts';
import type { FactSheet } from '../facts/fact.ts';
import { type Identity, personOf } from '../facts/identify.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { groupFindings } from '../findings/group-findings.ts';
import { readEventAsCity } from '../rules/event-reading.ts';
import { type Waiver, waiversOn } from '../rules/waiver.ts';
import { decide } from './decide.ts';
import { type Claimant, type DecisionContext, senderIn } from './decision-context.ts';
import { dropConsequences } from './drop-consequences.ts';
import { emptyDecision } from './empty-decision.ts';
import { laterMonthNotes } from './later-months.ts';
import { putOtherSenders } from './other-senders.ts';
import { closeLedger } from './packet-ledger.ts';
import { undecided } from './undecided.ts';
import type { Decision, Ledger } from './verdict.ts';
import { weighDeskFault } from './weigh-desk-fault.ts';
import { weighSender } from './weigh-sender.ts';
import { weighWaivers } from './weigh-waivers.ts';

/** What is found and decided about papers. */
export interface Judgement {
  /** the facts, the event by its name in the city's rules */
  facts: FactSheet;
  /** what the rules decide of the facts */
  ruling: Decision;
  /** everything found: in reading, in the facts, by the rules, in the records; errors first */
  findings: Finding[];
  ledger: Ledger;
}

/** Facts → findings: the rules of the city, the records, and whether every file is accounted for. */
export async function judge(
  papers: Papers,
  collected: Collected,
  context: DecisionContext,
): Promise<Judgement> {
  const { packet, cover, documents } = papers;
  const { identity, findings: ofFacts } = collected;
  const claimants = await findClaimants(identity, context);
  const { facts, ruling } = applyRules(collected, claimants, context);
  const { ledger, findings: ofLedger } = closeLedger(packet, documents, cover.files);
  const ofPapers = documents.flatMap((d) => d.findings);
  const found = [
    ...packet.findings,
    ...cover.findings,
    ...ofPapers,
    ...emptyPacket(documents),
    ...ofFacts,
    ...weighSender(senderIn(context), identity),
    ...ruling.findings,
    ...(identity.city ? undecided(ruling, facts, ofPapers) : []),
    ...laterMonthNotes(collected, ruling),
    ...ofLedger,
  ];
  const waivers = await waiversFor(identity, context);
  const counted = weighWaivers(dropConsequences(found, documents, identity), waivers, context.profiles);
  const findings = groupFindings(weighDeskFault(counted));
  return { facts, ruling, findings, ledger };
}

function applyRules(
  { identity: { city, month, office_number }, facts: collected }: Collected,
  claimants: Claimant[],
  context: DecisionContext,
): { facts: FactSheet; ruling: Decision } {
  const { profiles, registries } = context;
  if (!city) return { facts: collected, ruling: emptyDecision() };
  const facts: FactSheet = new Map(collected);
  putOtherSenders(facts, office_number ?? officeOf(senderIn(context)), claimants, registries);
  const event = readEventAsCity(facts, city, month.value ?? undefined, profiles);
  if (event) facts.set('event', event);
  return { facts, ruling: decide(facts, city, { ...(profiles && { profiles }) }) };
}

/** The waivers of the city for the papers of this office, received on this day. */
async function waiversFor({ city, office_number }: Identity, context: DecisionContext): Promise<Waiver[]> {
  const { waiversOf, received } = context;
  if (!city || !received || !waiversOf) return [];
  return waiversOn(await waiversOf(city), office_number, received);
}

async function findClaimants(identity: Identity, context: DecisionContext): Promise<Claimant[]> {
  const person = personOf(identity);
  const month = identity.month.value;
  if (!person || !month || !context.claimantsOf) return [];
  return context.claimantsOf(person, month, identity);
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
