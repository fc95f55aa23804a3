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
  /** absent: the whole file */
  part?: FilePart;
  /** pages of another file, of which this is a view under a path of its own: the pages after a printed 送付票 */
  view?: { of: string; pages: PageSpan[] };
  /** what was read of it before its upload was split: its documents, as JSON */
  documents?: () => Promise<string>;
}

/** Consecutive records of a CSV. */
export interface RowSpan {
  /** number of the first record in the file, from 1 */
  row: number;
  count: number;
  /** offset in the file */
  byte: number;
  /** bytes */
  size: number;
}

/** Pages of a document, from 1, both included. */
export interface PageSpan {
  from: number;
  to: number;
}

/** The part of a file that a packet has, where other packets of the upload have the rest. */
interface FilePart extends FileSlice {
  /** the ledger of this packet counts the file; those of the others count their rows and pages alone */
  isFirst: boolean;
}

/** Which part of a file; what its packet has of it when it is read again. */
export interface FileSlice {
  /** records of a CSV in the encoding of the whole file; `read` gives them alone */
  /** `months`: those of all its records, YYYYMM, where it has several */
  rows?: { encoding: string; spans: RowSpan[]; months?: string[] };
  /** pages of a PDF; `read` gives the whole file */
  pages?: PageSpan[];
  /** papers of other persons in the folder or file of this one: reported, and not used */
  stray?: StrayPart;
}

export interface StrayPart {
  /** how many persons they are of */
  persons: number;
  /** rows in a file of all users of a provider, which also holds this person's: nothing is wrong with it */
  isShared: boolean;
}

/** A file of a packet that was split out of an upload, as its verdict keeps it: enough to find its part again. */
export interface SplitFile extends FileSlice {
  /** in the upload */
  path: string;
  /** the path its documents have in the verdict, where it is another */
  shown?: string;
  /** it was taken out for a 個人番号: an upload that completes the packet does without it */
  isLost?: true;
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
  /** papers of an upload of several persons that could not be assigned to one: they decide no person's month */
  isUnassigned?: true;
  /** its files are no folder of the upload: which they are, its verdict says (`files`) */
  isSplit?: true;
  /** everything the office sent at a time: it may be meant for a packet sent before */
  isWholeUpload?: true;
  /** what its upload holds beside it in scans of no one's folder */
  beside?: BesideScans;
  /** it holds scans of no one beside packets of persons: codes of the 送付票 in it whose papers joined those */
  given?: ReadonlySet<string>;
}

/** What may be this person's beside its packet: scans, and papers of one of two persons of the same name. */
export interface BesideScans {
  /** files with papers that no one has so far: each may be what is missing */
  unclaimed: string[];
  /** the papers after a 送付票 of this person and month; null: none, or they are not read yet */
  joined: { files: PacketFile[]; documents: () => Promise<string> } | null;
}
