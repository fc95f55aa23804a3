import { NO_OFFICE, OFFICE_NUMBER, officeOf, type Sender, senderKey } from './sender.ts';

/*
 * Who may do what, in one place. Every right follows from the sender (the sign-in) and from the caller; what is written in
 * the papers gives none. docs/threat-model.md shows the same as a table.
 */

/** What papers name, as far as rights are concerned. null: not known. */
export interface PapersNamed {
  office_number: string | null;
  city: string | null;
  area: string | null;
  /** number of the 地域包括支援センター in charge */
  center_number: string | null;
  /** the area of the person's address, where every address is of another center than the one in charge */
  home_area?: string | undefined;
}

/**
 * What a sender is to the office its papers name.
 * own: the office itself, also where the operator announces for it. on_behalf: the operator, or the city or 包括 in
 * charge. contested: another office, or a 包括 or city that is not in charge; a 包括 that names itself for a person who
 * lives elsewhere is not. unsigned: no one signed in.
 */
export type Standing = 'own' | 'on_behalf' | 'contested' | 'unsigned';

export function standingOf(sender: Sender, papers: PapersNamed): Standing {
  const isNamed = papers.office_number === null || papers.office_number === officeOf(sender);
  switch (sender.kind) {
    case 'unknown':
      return 'unsigned';
    case 'office':
      if (isNamed) return 'own';
      return sender.office === papers.center_number && !papers.home_area ? 'on_behalf' : 'contested';
    case 'operator':
      // For an office it names, the operator has the rights of that office.
      if (sender.office === null) return 'on_behalf';
      return isNamed ? 'own' : 'contested';
    case 'hokatsu':
    case 'city':
      return isInCharge(sender, papers) && (sender.office === null || isNamed) ? 'on_behalf' : 'contested';
  }
}

/**
 * Whose case the papers belong to. One owner has one chain of versions: a later packet replaces and supersedes only
 * packets of the same owner, and the owner reads them.
 */
export function ownerOf(sender: Sender, papers: PapersNamed): string {
  const named = OFFICE_NUMBER.test(papers.office_number ?? '') ? papers.office_number : null;
  switch (standingOf(sender, papers)) {
    case 'own':
    case 'contested':
      return senderKey(sender);
    case 'on_behalf':
      return named ?? officeOf(sender) ?? NO_OFFICE;
    case 'unsigned':
      // No one signed in, so that it replaces nothing of anyone who did.
      return `unsigned-${named ?? ''}`;
  }
}

/**
 * Whether the records of another owner's cases may flow into the decision on these papers. An office would learn from it
 * what was decided on the papers of another office.
 */
export const mayUseRecordsOf = (sender: Sender, papers: PapersNamed, owner: string): boolean =>
  owner === ownerOf(sender, papers) || ['on_behalf', 'unsigned'].includes(standingOf(sender, papers));

/** The caller of the API, as far as rights are concerned. */
export interface Reader {
  roles: readonly string[];
  office: string | null;
  city: string | null;
  areas: readonly string[];
}

/** The sender an announcement of this caller has; null: it may send nothing. `office`: the one it sends for. */
export function senderOf(reader: Reader, office: string | null): Sender | null {
  const { roles, city, areas } = reader;
  if (roles.includes('operator')) return { kind: 'operator', office };
  if (roles.includes('hokatsu') && city && areas.length > 0)
    return { kind: 'hokatsu', office, city, areas: [...areas] };
  if (roles.includes('city') && city) return { kind: 'city', office, city };
  if (roles.includes('office') && reader.office) return { kind: 'office', office: reader.office };
  return null;
}

/**
 * An upload, its receipt and the list of its packets are the sender's, and the office's it was announced for. Of a 包括
 * all who have every area of the sender: it may hold papers of each.
 */
export function mayReadUpload(reader: Reader, sender: Sender): boolean {
  if (reader.roles.includes('operator')) return true;
  if (isOffice(reader, officeOf(sender))) return true;
  if (sender.kind !== 'hokatsu' && sender.kind !== 'city') return false;
  if (reader.city !== sender.city) return false;
  if (sender.kind === 'city') return reader.roles.includes('city');
  return reader.roles.includes('hokatsu') && sender.areas.every((area) => reader.areas.includes(area));
}

/** Whether a line of the list of a 包括 is shown: colleagues of several areas are listed under the first of them. */
export const mayListLine = (
  { roles, areas }: Reader,
  { sender_areas = [] }: { sender_areas?: string[] },
): boolean => roles.includes('operator') || sender_areas.every((area) => areas.includes(area));

/** The office whose letters the reader may list: its own, or for the operator the one it names; null: of no office. */
export function lettersReadBy(reader: Reader, office: string | null): string | null {
  const sender = senderOf(reader, office);
  return sender?.kind === 'office' || sender?.kind === 'operator' ? sender.office : null;
}

/** A decided packet, as far as rights are concerned. */
export interface OwnedPacket {
  sender: Sender;
  owner: string;
  city: string;
  area: string;
}

/** A packet and its notice are the sender's and the owner's; the 包括 and the city in charge read them too. */
export const mayReadPacket = (reader: Reader, packet: OwnedPacket): boolean =>
  isOffice(reader, packet.owner) || mayReadUpload(reader, packet.sender) || readsWhole(reader, packet);

/**
 * A packet is completed and withdrawn by its owner or its sender; who is in charge of its area only reads it. Of the 包括
 * that sent it also by those who share an area with the sender, where the case is of an area of theirs.
 */
export const mayChangePacket = (reader: Reader, packet: OwnedPacket): boolean =>
  isOffice(reader, packet.owner) || mayReadUpload(reader, packet.sender) || isColleague(reader, packet);

function isColleague(reader: Reader, packet: OwnedPacket): boolean {
  const { sender } = packet;
  if (sender.kind !== 'hokatsu' || sender.city !== packet.city) return false;
  return reader.roles.includes('hokatsu') && sender.areas.includes(packet.area) && readsWhole(reader, packet);
}

/** Whether the reader sees all findings, also those about other offices; an office does not. */
export function readsWhole({ roles, city, areas }: Reader, packet: { city: string; area: string }): boolean {
  if (roles.includes('operator')) return true;
  if (city === null || city !== packet.city) return false;
  return roles.includes('city') || (roles.includes('hokatsu') && areas.includes(packet.area));
}

/** A review is ended by the 包括 of its area, or by the operator; by the city where no area is in charge. */
export function mayEndReview(
  { roles, city, areas }: Reader,
  packet: { city: string; area: string },
): boolean {
  if (roles.includes('operator')) return true;
  if (city === null || city !== packet.city) return false;
  if (roles.includes('hokatsu') && areas.includes(packet.area)) return true;
  return roles.includes('city') && packet.area.startsWith('_');
}

const isOffice = ({ roles, office }: Reader, number: string | null): boolean =>
  roles.includes('office') && office !== null && office === number;

function isInCharge(sender: Sender & { kind: 'hokatsu' | 'city' }, papers: PapersNamed): boolean {
  const { city, area, home_area = area } = papers;
  if (city === null || city !== sender.city) return false;
  return (
    sender.kind === 'city' || [area, home_area].every((one) => one !== null && sender.areas.includes(one))
  );
}
