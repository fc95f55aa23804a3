import { formatBytes, type UploadLimits } from '../upload-limits.ts';
import type { Damage } from './list-zip.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Bytes of a local header before its name (APPNOTE 4.3.7). */
const HEADER = 30;

/**
 * Why a ZIP was made to cost its reader: entries that share bytes, or far more declared contents than it can hold. Null
 * for an ordinary one. Looks at the list alone, so that nothing of it is unpacked.
 */
export function bombIn(entries: ZipEntry[], size: number, limits: UploadLimits): Damage | null {
  if (haveOverlap(entries))
    return {
      code: 'F_ZIP_DAMAGED',
      reason:
        '中のファイルどうしが同じ場所に重なって書かれています（通常の圧縮ソフトが作るZIPではありません）',
      remedy: '書類そのものから、標準の圧縮ソフトでZIPを作り直して送ってください。',
    };
  // A single file that grows too far is left out by itself, with its name.
  const declared = entries.reduce(
    (sum, { unpackedSize }) => sum + Math.min(unpackedSize, limits.ratioFrom),
    0,
  );
  if (declared <= limits.zipRatioFrom) return null;
  const isTooDense = declared > size * limits.zipRatio;
  if (!isTooDense && declared <= size + limits.growthBytes) return null;
  return {
    code: 'F_ZIP_TOO_LARGE',
    reason: isTooDense
      ? `全体の圧縮率が上限（${limits.zipRatio} 倍）を超えるため、展開していません`
      : `展開すると、送られた大きさより ${formatBytes(limits.growthBytes)} を超えて大きくなるため、展開していません`,
    remedy: '元の書類を確かめ、利用者を分けて圧縮し直してください。',
  };
}

/** Whether two entries share bytes: one starts before the data of the one before it ends. */
function haveOverlap(entries: ZipEntry[]): boolean {
  const sorted = entries.toSorted((a, b) => a.offset - b.offset);
  let end = 0;
  for (const { offset, compressedSize } of sorted) {
    if (offset < end) return true;
    end = offset + HEADER + compressedSize;
  }
  return false;
}
