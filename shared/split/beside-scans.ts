import { type StackPart, splitStack } from '../cover-sheet/split-stack.ts';
import type { ReadDocument } from '../documents/document.ts';
import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import { isWholeRead } from '../documents/ocr/read-unread.ts';
import { withOcr } from '../documents/ocr/with-ocr.ts';
import { readDocuments } from '../documents/read-documents.ts';
import type { BesideScans, Packet } from '../packet/packet.ts';
import { type CoverSheet, encodeCover } from '../vocabulary/cover-code.ts';
import { only } from './persons.ts';
import type { Piece } from './piece.ts';
import type { PacketPlan } from './plan.ts';
import type { Spill } from './spill.ts';

/** What joins the packets of persons out of scans, and what was taken out of these for it. */
export interface JoinedScans {
  beside: Map<PacketPlan, BesideScans>;
  given: Map<PacketPlan, Set<string>>;
}

/**
 * Papers after a scanned 送付票 join the packet of its person and month, where the upload has one, as those of a printed
 * sheet do. Which packets an upload gives does not change by it: until the scans are read their papers are in the packet of no
 * one, and nothing is called missing in the others.
 * @param build makes the packet of a plan
 */
export async function joinScans(
  plans: PacketPlan[],
  build: (plan: PacketPlan) => Promise<Packet>,
  spill: Spill,
  texts: OcrTexts | undefined,
): Promise<JoinedScans> {
  const joined: JoinedScans = { beside: new Map(), given: new Map() };
  const persons = plans.filter(({ number, person }) => number ?? person);
  const loose = plans.filter(({ scans }) => scans.length > 0);
  addOfSameName(plans, persons, joined.beside);
  if (persons.length === 0 || loose.length === 0) return joined;
  for (const plan of persons)
    joined.beside.set(plan, joined.beside.get(plan) ?? { unclaimed: [], joined: null });
  for (const plan of loose) {
    const parts = texts ? await readStack(await build(plan), texts) : null;
    const given = new Set<string>();
    for (const part of parts ?? []) {
      const owner = part.sheet && ownerOf(part.sheet, persons);
      // A second stack with papers of the same person and month stays a packet of its own.
      const beside = owner && joined.beside.get(owner)!;
      if (!beside || beside.joined) continue;
      given.add(encodeCover(part.sheet!));
      beside.joined = await papersOf(part, spill);
    }
    joined.given.set(plan, given);
    const unclaimed = parts ? unclaimedIn(parts) : plan.scans.map(({ entry }) => entry.path);
    for (const beside of joined.beside.values()) beside.unclaimed.push(...unclaimed);
  }
  return joined;
}

/** A paper of one of two persons of the same name may be what either lacks. */
function addOfSameName(
  plans: PacketPlan[],
  persons: PacketPlan[],
  beside: Map<PacketPlan, BesideScans>,
): void {
  const unassigned = plans.flatMap((plan) => (plan.kind === 'rest' ? plan.unassigned : []));
  const files = new Map<string, Set<string>>();
  for (const { piece, why } of unassigned)
    if (why === 'same_name' && piece.name)
      files.set(piece.name, (files.get(piece.name) ?? new Set()).add(piece.file.entry.path));
  for (const plan of files.size > 0 ? persons : []) {
    const names = new Set([...plan.pieces, ...ownPieces(plan)].flatMap(({ name }) => name ?? []));
    const unclaimed = [...names].flatMap((name) => [...(files.get(name) ?? [])]);
    if (unclaimed.length > 0) beside.set(plan, { unclaimed, joined: null });
  }
}

const ownPieces = (plan: PacketPlan): Piece[] =>
  plan.kind === 'group' ? plan.files.flatMap(({ pieces }) => pieces) : [];

/** The papers of a stack by their 送付票; null: not all of it was read. */
async function readStack(packet: Packet, texts: OcrTexts): Promise<StackPart[] | null> {
  const printed = await readDocuments(packet);
  const documents = await withOcr(packet, printed, texts);
  return (await isWholeRead(packet, printed, texts)) ? splitStack(packet, documents) : null;
}

const ownerOf = ({ insured_number, service_month }: CoverSheet, persons: PacketPlan[]): PacketPlan | null =>
  only(persons.filter(({ number, months }) => number === insured_number && months.includes(service_month)));

async function papersOf({ packet, documents }: StackPart, spill: Spill): Promise<BesideScans['joined']> {
  const files = packet.files.filter(({ path }) => documents.some(({ file }) => file === path));
  const stored = await spill.put(Buffer.from(JSON.stringify(documents)));
  return {
    // The packet the scan came in accounts for the file.
    files: files.map((file) => ({ ...file, part: { ...file.part, isFirst: false } })),
    documents: async () => (await spill.read(stored)).toString(),
  };
}

/** Files with pictures that no 送付票 is before: whose they are is for a person to see. */
const unclaimedIn = (parts: StackPart[]): string[] => [
  ...new Set(
    parts
      .filter(({ sheet }) => sheet === null)
      .flatMap(({ documents }) => documents.filter(isPicture).map(({ file }) => file)),
  ),
];

const isPicture = ({ read_by }: ReadDocument): boolean => read_by === 'ocr' || read_by === 'none';
