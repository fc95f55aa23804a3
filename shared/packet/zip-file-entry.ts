import { EntryTrouble, numberedName } from './entry-trouble.ts';
import type { Opening } from './opening.ts';
import { printedPath } from './printed-path.ts';
import { safePath } from './safe-path.ts';
import { type Archive, isJunk, type UploadEntry } from './upload-entry.ts';
import type { UploadLimits } from './upload-limits.ts';
import type { WithdrawnFile } from './withdrawn.ts';
import type { ByteSource } from './zip/byte-source.ts';
import { packedBytes, unpackEntry } from './zip/unpack-entry.ts';
import type { ZipEntry } from './zip/zip-entry.ts';

/** One file of a ZIP, and what is known of it before it is unpacked. */
export interface ZipFile {
  zipped: ZipEntry;
  /** decoded, without a 個人番号 */
  name: string;
  position: number[];
  withdrawn: WithdrawnFile | undefined;
  /** its name carries (or carried) a 個人番号 */
  isNumbered: boolean;
}

/** The ZIP a file is listed from. */
export interface ListedZip {
  load: () => Promise<ByteSource>;
  archive: Archive;
  /** folders the ZIP is in: empty for the upload itself, else the folder made of a nested ZIP */
  parents: string[];
}

/** A file of a ZIP as an entry of the upload. */
export function zipFileEntry(file: ZipFile, zip: ListedZip, opening: Opening): UploadEntry {
  const { zipped, name, position, withdrawn, isNumbered } = file;
  const { limits } = opening;
  const { parts, danger } = safePath(name);
  const printed = printedPath(name);
  return {
    at: position,
    ...(withdrawn && { withdrawn }),
    ...(isNumbered && { isNumbered: true }),
    path: zip.parents.length === 0 ? printed : `${zip.archive.path}/${printed}`,
    // A file that is too deep is set aside, so its folders beyond the limit are not needed.
    parts: [...zip.parents, ...(parts.length > 0 ? parts.slice(0, limits.depth) : [printed])],
    archive: zip.archive,
    trouble: isNumbered ? numberedName() : troubleOf(zipped, danger, parts.length, limits),
    isJunk: isJunk(parts),
    declaredSize: zipped.unpackedSize,
    async *stored() {
      yield* packedBytes(await zip.load(), zipped);
    },
    async *bytes(counted) {
      yield* unpackEntry(await zip.load(), zipped, limits, counted ? opening.count : { total: 0 });
    },
  };
}

function troubleOf(
  entry: ZipEntry,
  danger: string | null,
  depth: number,
  limits: UploadLimits,
): EntryTrouble | null {
  if (danger)
    return new EntryTrouble(
      'F_ZIP_UNSAFE_PATH',
      'quarantined',
      danger,
      'ファイル名を直し、利用者ごとのフォルダーに入れて送り直してください。',
    );
  if (entry.symlink)
    return new EntryTrouble(
      'F_ZIP_UNSAFE_PATH',
      'quarantined',
      'ファイルではなく、別の場所を指すリンクです',
      'リンクではなくファイルそのものを入れて送り直してください。',
    );
  if (depth > limits.depth)
    return new EntryTrouble(
      'F_ZIP_NESTED',
      'unsupported',
      `フォルダーの入れ子が上限（${limits.depth} 段）を超えています`,
      'フォルダーを浅くして送り直してください。',
    );
  return null;
}
