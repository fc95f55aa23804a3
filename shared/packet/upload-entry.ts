import type { EntryTrouble } from './entry-trouble.ts';
import type { FileSlice } from './packet.ts';
import type { WithdrawnFile } from './withdrawn.ts';
import type { Damage } from './zip/list-zip.ts';

/** A ZIP that entries came from. */
export interface Archive {
  /** path in the upload, or the upload's name */
  path: string;
  /** why its directory could not be read to the end */
  damage: Damage | null;
}

/** One file of an upload before it belongs to a packet. */
export interface UploadEntry {
  /** its position in the upload: see WithdrawnFile; empty for a file in a folder on disk */
  at: number[];
  /** full path in the upload, as it is shown to people */
  path: string;
  /** the same without the name of the upload, where `path` begins with it: what a mail holds that was sent as it is */
  placeWithin?: string;
  /** folders and file name by which packets are made; a nested ZIP is a folder */
  parts: string[];
  archive: Archive | null;
  /** what is already known to be wrong with it */
  trouble: EntryTrouble | null;
  /** leftovers of an operating system: counted, not read */
  isJunk: boolean;
  /** an earlier file of the same ZIP has the same name */
  sameName?: boolean;
  /** bytes of the unpacked file as the ZIP declares them; 0 where it does not */
  declaredSize?: number;
  /** its name carries (or carried) a 個人番号 */
  isNumbered?: boolean;
  /** it was removed from the upload with its bytes */
  withdrawn?: WithdrawnFile;
  /** the part a packet has of it; `bytes` gives its rows alone, of pages the whole file */
  part?: FileSlice;
  /** the path its documents have in the verdict of its packet, where it is another */
  shown?: string;
  /** its bytes as they are stored, packed or not: of a file that cannot be unpacked they are all there is; absent: it has no bytes */
  stored?(): AsyncIterable<Buffer>;
  /** unpacks the file; `counted` adds to what the upload has cost so far. Throws EntryTrouble. */
  bytes(counted: boolean): AsyncGenerator<Buffer>;
}

/** macOS, Windows and Office leave these beside the files. */
export function isJunk(parts: string[]): boolean {
  const name = parts.at(-1) ?? '';
  return (
    parts.includes('__MACOSX') ||
    name.startsWith('._') ||
    name.startsWith('~$') ||
    name.startsWith('.~lock.') ||
    /^(?:\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini)$/i.test(name)
  );
}
