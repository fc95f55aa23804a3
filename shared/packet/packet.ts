import type { Finding } from '../findings/finding.ts';
import type { WithdrawnReading } from './withdrawn.ts';

/** One file of a packet, as sent. `path` is relative to the upload's root and names the place in every finding. */
export interface PacketFile {
  path: string;
  /** sha256 of the bytes, hex */
  digest: string;
  size: number;
  /** the bytes are only fetched when they are read */
  read(): Promise<Uint8Array>;
  /** it was removed from the upload for its 個人番号 and can no longer be read; this remains of it */
  withdrawn?: WithdrawnReading;
}

/** One entry of the upload that a packet accounts for, whatever became of it. */
export interface PacketEntry {
  /** its position in the upload: see WithdrawnFile */
  at: number[];
  path: string;
  /** sha256 of its bytes, hex; null: it could not or need not be read */
  digest: string | null;
  size: number;
  /** its name carries (or carried) a 個人番号 */
  isNumbered?: boolean;
}

/** One person's documents for one event: a folder of the upload. */
export interface Packet {
  /** folder name, or the upload's name when it has no folders */
  name: string;
  /** sha256 over the sorted (path within the packet, digest) pairs: the same contents have the same digest */
  digest: string;
  files: PacketFile[];
  /** what was wrong with the files before they were read (unsafe names, encrypted entries …) */
  findings: Finding[];
  /** files that never became readable; they count in the ledger */
  rejected: { path: string; outcome: 'unsupported' | 'unreadable' | 'quarantined' | 'duplicate' }[];
  /** every entry of the upload that became a file or was rejected; absent where no upload was opened */
  entries?: PacketEntry[];
}
