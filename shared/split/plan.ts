import { type EntryGroup, isDocumentFolderName } from '../packet/group-entries.ts';
import type { WithdrawnPerson } from '../packet/withdrawn.ts';
import { assignPieces, type PlannedPacket, type SplitOptions, type Unassigned } from './assign.ts';
import { fileNameOf, foldersOf, type Piece, type SurveyedFile } from './piece.ts';
import type { SurveyedGroup } from './survey-files.ts';
import { concerned, isShared } from './with-my-number.ts';

interface PlanBase {
  /** position of its first file in the upload */
  order: number;
  number: string | null;
  /** the name, where it is all that is known */
  person?: string | null;
  /** months it is known to be of */
  months: string[];
  /** parts of files that hold several persons */
  pieces: Piece[];
  strays: Piece[];
  /** covers of its folder, also of others; the innermost first */
  covers: SurveyedFile[];
  /** files with a 個人番号 in which its person had papers */
  lost: { file: SurveyedFile; person: WithdrawnPerson | null }[];
  /** it is of no one, and holds these scans, which may be of anyone in the upload */
  scans: SurveyedFile[];
}

/** A packet before its files are unpacked. */
export type PacketPlan =
  /** a folder of the upload as it is, and what collections hold of its person */
  | (PlanBase & { kind: 'group'; group: EntryGroup; files: SurveyedFile[] })
  /** out of a folder or files of several persons or months */
  | (PlanBase & { kind: 'split'; name: string; isFolder: boolean })
  | (PlanBase & { kind: 'rest'; name: string; unassigned: Unassigned[] });

export const groupPlan = ({ group, files }: SurveyedGroup): PacketPlan & { kind: 'group' } => ({
  ...{ kind: 'group', group, order: files[0]?.order ?? 0, number: null, months: [] },
  ...{ pieces: [], strays: [], covers: [], lost: [], scans: [], files: files.filter(wasRead) },
});

const scansIn = (files: Iterable<SurveyedFile>): SurveyedFile[] => [
  ...new Set([...files].filter(({ isScan }) => isScan)),
];

/** A folder of no one: its scans may be of anyone in the upload. */
const looseGroup = (surveyed: SurveyedGroup): PacketPlan => ({
  ...groupPlan(surveyed),
  scans: scansIn(surveyed.files),
});

/** Its documents were read while the upload was looked at. */
const wasRead = ({ pieces }: SurveyedFile): boolean => pieces.some(({ document }) => document);

/**
 * The packets of folders that belong together.
 * @param folder of one person, whose papers these are; null: of several persons
 */
export function planPool(
  pool: SurveyedGroup[],
  uploadName: string,
  folder: SplitOptions | null,
): PacketPlan[] {
  const files = pool.flatMap((surveyed) => surveyed.files);
  const isCover = (file: SurveyedFile): boolean => file.isSharedCover === true;
  const papers = files.filter((file) => !isCover(file) && !file.entry.isJunk && !isShared(file));
  const { packets, rest } = assignPieces(
    papers.flatMap((file) => file.pieces),
    folder ?? {},
  );
  const isOne = packets.length === 1 && rest.length === 0 && !packets.some(({ strays }) => strays.length > 0);
  if (pool.length === 1 && (isOne || packets.length === 0) && !files.some(isShared))
    return isOne || !isOfNoOne(pool[0]!)
      ? [{ ...groupPlan(pool[0]!), number: packets[0]?.number ?? null, months: monthsOf(packets) }]
      : [looseGroup(pool[0]!)];
  const names = new PacketNames(
    packets,
    pool.length === 1 ? pool[0]!.group.name : uploadName.replace(/\.zip$/i, ''),
  );
  const unread = pool.filter(({ files: own }) => own.every((file) => file.pieces.every(isIn(rest))));
  const unassigned = rest.filter(({ piece }) => !unread.some(({ group }) => group === piece.file.group));
  const plans: PacketPlan[] = packets.map((packet) => ({
    ...{ kind: 'split', name: names.of(packet), isFolder: folder !== null },
    ...{ order: orderOf([...packet.pieces, ...packet.strays]), number: packet.number, person: packet.name },
    ...{ months: monthsOf([packet]), pieces: packet.pieces, strays: packet.strays },
    ...{ covers: [], lost: [], scans: [] },
  }));
  if (unassigned.length > 0) {
    const own = unassigned.map(({ piece }) => piece);
    const name = `${names.base}／利用者の分からない書類`;
    plans.push({
      ...{ kind: 'rest', name, unassigned, order: orderOf(own), number: null, months: [] },
      ...{ pieces: own, strays: [], covers: [], lost: [], scans: scansIn(own.map(({ file }) => file)) },
    });
  }
  spreadCovers(files.filter(isCover), plans);
  for (const file of files) if (file.entry.isJunk) plans[0]?.pieces.push(...file.pieces);
  return [...plans, ...unread.map(looseGroup)];
}

/** Files beside the folders of an upload, or a folder named by what is in it. */
const isOfNoOne = ({ group: { depth, name } }: SurveyedGroup): boolean =>
  depth === 0 || isDocumentFolderName(name);

const isIn =
  (rest: Unassigned[]) =>
  (piece: Piece): boolean =>
    rest.some((one) => one.piece === piece);

const monthsOf = (packets: Pick<PlannedPacket, 'month'>[]): string[] =>
  packets.flatMap(({ month }) => month ?? []);

const orderOf = (pieces: Piece[]): number => Math.min(...pieces.map(({ file }) => file.order));

/** A cover that names no person goes with every packet of its folder; one of no packet goes with the first. */
function spreadCovers(covers: SurveyedFile[], plans: PacketPlan[]): void {
  for (const cover of covers.toSorted((a, b) => foldersOf(b).length - foldersOf(a).length)) {
    const folder = foldersOf(cover).at(-1);
    const below = plans.filter(({ pieces }) =>
      pieces.some(({ file }) => folder === undefined || foldersOf(file).includes(folder)),
    );
    for (const plan of below.length > 0 ? below : plans.slice(0, 1)) plan.covers.push(cover);
  }
}

/** Names by which an office finds its packets: the folder where it is one packet's own, else number and month. */
class PacketNames {
  readonly base: string;
  readonly #folders: Map<string, number>;
  readonly #months: Map<string, number>;

  constructor(packets: PlannedPacket[], base: string) {
    this.base = base;
    this.#months = countBy(packets.map(personOf));
    const folders = new Set(packets.map((packet) => `${personOf(packet)}\0${folderOf(packet) ?? ''}`));
    this.#folders = countBy([...folders].map((key) => key.slice(key.indexOf('\0') + 1)));
    this.#isOne = packets.length === 1;
  }
  readonly #isOne: boolean;

  of(packet: PlannedPacket): string {
    const folder = folderOf(packet);
    const isOwn = folder !== null && this.#folders.get(folder) === 1;
    const person = isOwn ? folder.slice(folder.lastIndexOf('/') + 1) : this.#isOne ? this.base : null;
    const label = person ?? `${this.base}／${personOf(packet)}`;
    const isMonthNamed = packet.month && (person === null || (this.#months.get(personOf(packet)) ?? 0) > 1);
    return isMonthNamed ? `${label}_${packet.month}` : label;
  }
}

const personOf = ({ number, name }: PlannedPacket): string => number ?? name ?? '';

/** The innermost folder that all its papers are in. */
function folderOf({ pieces }: PlannedPacket): string | null {
  const [first, ...others] = pieces.map(({ file }) => foldersOf(file));
  return first?.findLast((folder) => others.every((folders) => folders.includes(folder))) ?? null;
}

function countBy(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What a collection holds of a person who has one folder of the same month joins that folder. */
export function joinFolders(plans: PacketPlan[]): PacketPlan[] {
  const folders = Map.groupBy(
    plans.filter(
      (plan) => plan.number && (plan.kind === 'group' || (plan.kind === 'split' && plan.isFolder)),
    ),
    ({ number }) => number,
  );
  return plans.filter((plan) => {
    if (plan.kind !== 'split' || plan.isFolder) return true;
    const fitting = (folders.get(plan.number) ?? []).filter(({ months }) => isSameMonth(months, plan.months));
    const [folder, ...others] = fitting;
    if (!folder || others.length > 0) return true;
    folder.pieces.push(...plan.pieces);
    folder.strays.push(...plan.strays);
    folder.covers.push(...plan.covers);
    return false;
  });
}

const isSameMonth = (a: string[], b: string[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((month) => b.includes(month));

/**
 * A file of several persons with a 個人番号 is reported to all of them; one whose persons are in no packet is a packet of its own.
 * @param divided the groups that were planned file by file
 */
export function shareLost(divided: SurveyedGroup[], plans: PacketPlan[]): PacketPlan[] {
  const all = [...plans];
  const files = divided.flatMap((surveyed) => surveyed.files);
  for (const file of files.filter(isShared)) {
    const told = concerned(file, plans);
    for (const { plan, person } of told) plan.lost.push({ file, person });
    if (told.length > 0) continue;
    all.push({
      ...{ kind: 'split', name: fileNameOf(file), isFolder: false, order: file.order, number: null },
      ...{ months: [], pieces: [], strays: [], covers: [], lost: [{ file, person: null }], scans: [] },
    });
  }
  // Covers and leftovers beside nothing but such a file.
  const planned = new Set(all.flatMap(filesOf));
  for (const file of files) if (!planned.has(file)) all[0]?.pieces.push(...file.pieces);
  return all;
}

const filesOf = (plan: PacketPlan): SurveyedFile[] => [
  ...[...plan.pieces, ...plan.strays, ...plan.lost].map(({ file }) => file),
  ...plan.covers,
];

/** In the order of the upload; the months of one person in their own order, so that a switch is seen. */
export function inMonthOrder(plans: PacketPlan[]): PacketPlan[] {
  const ordered = plans.toSorted((a, b) => a.order - b.order);
  const ofPerson = Map.groupBy(
    [...ordered.keys()].filter((i) => ordered[i]!.number && ordered[i]!.months.length > 0),
    (i) => ordered[i]!.number,
  );
  const result = [...ordered];
  for (const places of ofPerson.values()) {
    const sorted = places.map((i) => ordered[i]!).sort((a, b) => (a.months[0]! < b.months[0]! ? -1 : 1));
    for (const [i, place] of places.entries()) result[place] = sorted[i]!;
  }
  return result;
}
