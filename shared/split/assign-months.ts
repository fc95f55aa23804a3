import { monthOf } from '../calendar/days.ts';
import { foldersOf, type Piece, type SurveyedFile } from './piece.ts';

/**
 * The months of one person, in their order. 実績 makes a month; without any a 利用票 does, and else any paper
 * that names one: a packet of May often brings the 利用票 of June along. A folder of one month makes it too, where the person has a
 * plan, a 利用票 or a cover in it, though none names it. A paper of no month goes with the month of its folder, then with the
 * first month from its own day on.
 * @param ofFolders the month of each folder by the papers of all persons
 */
export function assignMonths(
  pieces: Piece[],
  ofFolders: Map<string, string | null>,
  isOneMonth: boolean,
): { month: string | null; pieces: Piece[] }[] {
  const named = isOneMonth ? [] : countingMonths(pieces.filter(({ isCover }) => !isCover));
  const months = named.length > 0 ? [...new Set([...named, ...foldersWith(pieces, ofFolders)])].sort() : [];
  if (months.length < 2) return [{ month: months[0] ?? null, pieces }];
  const own = monthsOfFolders(pieces, months);
  const inFolder = new Map([...ofFolders, ...own]);
  const byMonth = new Map<string, Piece[]>(months.map((month) => [month, []]));
  for (const piece of pieces) byMonth.get(monthFor(piece, months, inFolder))!.push(piece);
  return months.map((month) => ({ month, pieces: byMonth.get(month)! }));
}

/** Months of the folders in which the person has what a month's papers begin with. */
const foldersWith = (pieces: Piece[], ofFolders: Map<string, string | null>): string[] =>
  pieces
    .filter(({ isHome, isCover, month }) => (isHome || isCover) && (isCover || month === null))
    .flatMap(({ file }) => monthOfFolder(file, ofFolders) ?? []);

const monthOfFolder = (file: SurveyedFile, inFolder: Map<string, string | null>): string | null =>
  foldersOf(file)
    .toReversed()
    .map((folder) => inFolder.get(folder))
    .find((one) => one) ?? null;

function countingMonths(pieces: Piece[]): string[] {
  for (const counts of [isUse, isMonthly, isAny]) {
    const months = new Set(pieces.filter(counts).flatMap(({ month }) => month ?? []));
    if (months.size > 0) return [...months].sort();
  }
  return [];
}
const isUse = (piece: Piece): boolean => piece.isUse;
const isMonthly = (piece: Piece): boolean => piece.isMonthly;
const isAny = (): boolean => true;

function monthFor(piece: Piece, months: string[], inFolder: Map<string, string | null>): string {
  const { month, date } = piece;
  // What names another month is brought along with the last one before it.
  if (month) return months.findLast((one) => one <= month) ?? months[0]!;
  const ofFolder = monthOfFolder(piece.file, inFolder);
  if (ofFolder && months.includes(ofFolder)) return ofFolder;
  const from = date && monthOf(date);
  return (from && months.find((one) => one >= from)) || (from ? months.at(-1)! : months[0]!);
}

/** Folders in which papers are of one month only; null: of several. @param months absent: whichever they name */
export function monthsOfFolders(pieces: Piece[], months?: string[]): Map<string, string | null> {
  const inFolder = new Map<string, string | null>();
  for (const { file, month } of pieces)
    if (month && (months?.includes(month) ?? true))
      for (const folder of foldersOf(file)) {
        const known = inFolder.get(folder);
        inFolder.set(folder, known === undefined || known === month ? month : null);
      }
  return inFolder;
}
