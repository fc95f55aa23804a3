import { isDocumentFolderName } from '../packet/group-entries.ts';
import { assignMonths, monthsOfFolders } from './assign-months.ts';
import { byName, nameIn, numberIn, only, Persons } from './persons.ts';
import { fileNameOf, foldersOf, type Piece, type SurveyedFile } from './piece.ts';

/** The papers of one person and month. */
export interface PlannedPacket {
  /** null: known by name alone */
  number: string | null;
  /** the name, where it is all that is known */
  name: string | null;
  month: string | null;
  pieces: Piece[];
  /** papers of others in this person's folder or file */
  strays: Piece[];
}

/** A paper that belongs to no one, and why. */
export interface Unassigned {
  piece: Piece;
  why: 'no_person' | 'same_name';
}

export interface Assignment {
  packets: PlannedPacket[];
  rest: Unassigned[];
}

export interface SplitOptions {
  /** the folder says whose it is: everything else in it is a stray */
  owner?: string | null;
  /** its cover names the month: the papers stay together */
  isOneMonth?: boolean;
}

/**
 * Who and when decides what a packet is (docs/decisions/0019): every piece goes to the person it names; one that names
 * no one goes with the form before it, then by the names of its file and folders, then with the only person of its folder.
 * The result does not depend on the order of the files.
 */
export function assignPieces(pieces: Piece[], options: SplitOptions = {}): Assignment {
  const persons = new Persons(pieces);
  const resolved = resolveAll(pieces, persons);
  const isHome = atHome(pieces, resolved);
  const owner = options.owner ?? only(isHome);
  const owners = owner ? null : folderOwners(resolved, persons, isHome);
  const byPerson = new Map<string, { pieces: Piece[]; strays: Piece[] }>();
  const of = (person: string) => {
    const one = byPerson.get(person) ?? { pieces: [], strays: [] };
    byPerson.set(person, one);
    return one;
  };
  const rest: Unassigned[] = [];
  for (const piece of pieces) {
    const person = resolved.get(piece) ?? null;
    const home = owner ?? ownerOf(piece, owners);
    const isStray = home !== null && person !== null && person !== home && numberIn(person) !== null;
    if (isStray) of(home).strays.push(piece);
    else if (home ?? person) of((home ?? person)!).pieces.push(piece);
    else rest.push({ piece, why: piece.name ? 'same_name' : 'no_person' });
  }
  const ofFolders = monthsOfFolders(pieces.filter(({ isCover }) => !isCover));
  const packets = [...byPerson].flatMap(([person, { pieces: own, strays }]) =>
    assignMonths(own, ofFolders, options.isOneMonth ?? false).map(({ month, pieces: ofMonth }, i) => ({
      number: numberIn(person),
      name: nameIn(person),
      month,
      pieces: ofMonth,
      strays: i === 0 ? strays : [],
    })),
  );
  return { packets: packets.filter((packet) => packet.pieces.length > 0 || packet.strays.length > 0), rest };
}

/** Persons whose month these papers hold; all persons where no paper settles it. */
function atHome(pieces: Piece[], resolved: Map<Piece, string>): Set<string> {
  const all = new Set(resolved.values());
  const home = new Set(pieces.filter((piece) => piece.isHome).flatMap((piece) => resolved.get(piece) ?? []));
  return home.size > 0 ? home : all;
}

/** The person of each piece that leads to one. */
function resolveAll(pieces: Piece[], persons: Persons): Map<Piece, string> {
  const resolved = new Map<Piece, string>();
  const open: Piece[] = [];
  const lastIn = new Map<SurveyedFile, string>();
  for (const piece of pieces) {
    const follows = piece.pages && !piece.name && !piece.isLost ? lastIn.get(piece.file) : null;
    const person = personNamed(piece, persons) ?? follows ?? hinted(piece, persons);
    if (person) {
      resolved.set(piece, person);
      lastIn.set(piece.file, person);
    } else open.push(piece);
  }
  const inFolder = onlyPersons(resolved);
  for (const piece of open) {
    const person = foldersOf(piece.file)
      .toReversed()
      .map((folder) => inFolder.get(folder))
      .find((one) => one !== undefined);
    if (person && (!piece.name || persons.numbersOf(piece.name).includes(person)))
      resolved.set(piece, person);
  }
  return resolved;
}

function personNamed({ number, name }: Piece, persons: Persons): string | null {
  if (number) return number;
  if (!name) return null;
  const numbers = persons.numbersOf(name);
  return numbers.length === 0 ? byName(name) : only(numbers);
}

/** By the name of the file, then of its folders from the innermost. */
function hinted(piece: Piece, persons: Persons): string | null {
  const folders = piece.file.entry.parts.slice(0, -1).toReversed();
  for (const segment of [fileNameOf(piece.file), ...folders]) {
    const person = persons.namedBy(segment);
    if (person && (!piece.name || persons.numbersOf(piece.name).includes(person))) return person;
  }
  return null;
}

/** Folders in which all papers that name a person name the same one. */
function onlyPersons(resolved: Map<Piece, string>): Map<string, string | null> {
  const only = new Map<string, string | null>();
  for (const [piece, person] of resolved)
    for (const folder of foldersOf(piece.file)) {
      const known = only.get(folder);
      only.set(folder, known === undefined || known === person ? person : null);
    }
  return only;
}

/** Folders that say whose they are: by their own name, or by all files in them but one. */
function folderOwners(
  resolved: Map<Piece, string>,
  persons: Persons,
  isHome: Set<string>,
): Map<string, string> {
  const files = personsOfFiles(resolved);
  const inFolder = Map.groupBy(files.keys(), (file) => foldersOf(file).at(-1) ?? '');
  const owners = new Map<string, string>();
  for (const [folder, own] of inFolder) {
    if (folder === '') continue;
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const owner = persons.namedBy(name) ?? (isDocumentFolderName(name) ? null : ownerOfMost(own, files));
    if (owner && isHome.has(owner)) owners.set(folder, owner);
  }
  return owners;
}

/** The persons each file names. */
function personsOfFiles(resolved: Map<Piece, string>): Map<SurveyedFile, Set<string>> {
  const files = new Map<SurveyedFile, Set<string>>();
  for (const [{ file }, person] of resolved)
    if (numberIn(person) !== null) files.set(file, (files.get(file) ?? new Set()).add(person));
  return files;
}

/**
 * All files of the folder but one are of one person, who has files nowhere else: folders by form hold files of the same
 * persons, and a file of several persons makes no folder of one.
 */
function ownerOfMost(own: SurveyedFile[], files: Map<SurveyedFile, Set<string>>): string | null {
  if (own.some((file) => files.get(file)!.size > 1)) return null;
  const byPerson = Map.groupBy(own, (file) => only(files.get(file)!));
  const [most, other, ...more] = [...byPerson].sort(([, a], [, b]) => b.length - a.length);
  if (!most?.[0] || !other || more.length > 0 || most[1].length < 2 || other[1].length > 1) return null;
  const person = most[0];
  const isElsewhere = [...files].some(([file, of]) => of.has(person) && of.size === 1 && !own.includes(file));
  return isElsewhere ? null : person;
}

function ownerOf(piece: Piece, owners: Map<string, string> | null): string | null {
  const folder = foldersOf(piece.file)
    .toReversed()
    .find((one) => owners?.has(one));
  return (folder !== undefined && owners?.get(folder)) || null;
}
