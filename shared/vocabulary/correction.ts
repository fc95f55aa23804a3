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

/** The number of the packet that files of a correction packet belong to; null: they are of none. */
export function correctedPacket(paths: readonly string[]): string | null {
  for (const path of paths) {
    const [, id] = MARK.exec(path) ?? [];
    if (id) return id;
  }
  return null;
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
