import type { SplitFile } from './packet.ts';
import type { Redaction } from './withdrawn.ts';

/**
 * A ZIP (or any other single file an office sent) on disk, a folder, or loose files. `name` is the name the office gave it.
 * `redaction`: what was removed from it since; with it the upload gives the same packets as before.
 */
export type UploadSource =
  | { name: string; file: string; redaction?: Redaction | null; joins?: JoinedPacket | null }
  | { name: string; folder: string }
  | { name: string; files: LooseFile[] };

/** The packet of an earlier upload that the files of this one complete. */
export interface JoinedPacket {
  source: UploadSource;
  /** its number in that upload, from 1 */
  packet: number;
  /** absent: it is a folder of that upload */
  split?: SplitPacket | null;
  /** paths of its files that are replaced, besides those of the same name */
  replaces: string[];
}

/** A packet that was split out of an upload. */
export interface SplitPacket {
  name: string;
  files: SplitFile[];
}

/** A file on disk that is sent together with others. */
export interface LooseFile {
  /** its name in the upload */
  path: string;
  file: string;
}
