/**
 * The correction packet (補正セット): a ZIP with the notice, a 送付票 and empty places for what is missing. Sent back, it is
 * known by the file that carries the number of the packet in its name; what the desk put into it is left out.
 */
export const correctionMark = (packetId: string): string => `補正の番号_${packetId}.txt`;
const MARK = /(?:^|\/)補正の番号_([A-Za-z0-9]{1,100})\.txt$/;

/** Folder for the corrected files; a folder for each missing document is in it. */
export const PLACES = '直した書類を入れるところ';
export const CORRECTION_NOTICE = '通知.pdf';
export const CORRECTION_COVER = '送付票.pdf';

/** A correction packet among files: the packet its files belong to, and the folder it is in, with its `/`; empty: at the top. */
export interface CorrectionSet {
  packet_id: string;
  folder: string;
}

/** The correction packets among files, by the files that carry their numbers. */
export function correctionSets(paths: readonly string[]): CorrectionSet[] {
  return paths.flatMap((path) => {
    const [, packet_id] = MARK.exec(path) ?? [];
    return packet_id ? [{ packet_id, folder: path.slice(0, path.lastIndexOf('/') + 1) }] : [];
  });
}

/** The correction packet a file is in, the innermost where one is in another; null: in none. */
export function setOf(sets: readonly CorrectionSet[], path: string): CorrectionSet | null {
  const around = sets.filter(({ folder }) => path.startsWith(folder));
  return around.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}

/** False for what the desk put into a correction packet. */
export const isCorrectedFile = (path: string): boolean =>
  !MARK.test(path) && !new RegExp(`(^|/)(${CORRECTION_NOTICE}|${CORRECTION_COVER})$`).test(path);

/** Names of corrected files without the folders of the correction packet; two of one name keep the place they were in. */
export function correctedNames(paths: readonly string[]): string[] {
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const counts = Map.groupBy(paths, base);
  return paths.map((path) =>
    counts.get(base(path))!.length > 1 ? path.split('/').slice(-2).join('_') : base(path),
  );
}
