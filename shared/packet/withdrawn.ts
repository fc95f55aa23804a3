import type { DocumentKind, ReadBy } from '../vocabulary/document-kinds.ts';

/**
 * A file that carries a 個人番号 and is therefore stored nowhere, and what remains of it: enough to make the same packet,
 * with the same digest and verdict, of an upload from which it was removed.
 */
export interface WithdrawnFile {
  /**
   * its position in the upload, from 0: the number of its entry; in a nested ZIP, after that ZIP's number. Its name is
   * not stored, because it may be a person's
   */
  at: number[];
  /** sha256 of its bytes, hex; null: it was never read, because its name carries the number */
  digest: string | null;
  /** bytes */
  size: number;
  /** how it was read before it was removed */
  read: WithdrawnReading | null;
}

/** How a reader recognized it, without its contents. */
export interface WithdrawnReading {
  read_by: ReadBy;
  kind: DocumentKind | null;
  title: string | null;
  /** pages of the whole file; 0 where it has no pages */
  pages: number;
  rows: number;
  /** where the number was */
  place: { page?: number; row?: number };
  /** of a file with papers of several persons: whose, each named by a digest */
  persons?: WithdrawnPerson[];
  /** in the packet of one of them: that one, and whether its pages and rows are counted there */
  of?: WithdrawnPerson & { isCounted: boolean };
}

/** A person whose papers were in such a file. */
export interface WithdrawnPerson {
  /** sha256 over file and person, hex: finds the person among those of the upload, and keeps no number */
  key: string;
  /** YYYY-MM; null: of no month */
  month: string | null;
  /** where their papers began */
  place: { page?: number; row?: number };
  /** the number is in their papers */
  isOwn: boolean;
}

/** What was removed from an upload. */
export interface Redaction {
  /** sha256 of the original upload, hex: recognizes the same bytes in a later upload */
  digest: string;
  files: WithdrawnFile[];
}

/** What replaces one document that was sent as it is. Not empty: an empty object is never scanned, and so never read. */
export const REMOVED = 'uketsuke: removed\n';
