import type { DocumentKind, ReadBy } from '../vocabulary/document-kinds.ts';

/**
 * A file that carries a 個人番号 and is therefore kept nowhere, with what remains of it: enough to make the same
 * packet, with the same digest and the same verdict, out of an upload from which it was taken.
 */
export interface WithdrawnFile {
  /**
   * its place in the upload, from 0: the number of its entry; in a nested ZIP, that ZIP's number before it. Not its
   * name, which may be a person's: the upload itself holds it
   */
  at: number[];
  /** sha256 of its bytes, hex; null: it was never read, for its very name carries the number */
  digest: string | null;
  /** bytes */
  size: number;
  /** how it was read before it was taken out */
  read: WithdrawnReading | null;
}

/** What the readers saw of it. Never what was written there. */
export interface WithdrawnReading {
  read_by: ReadBy;
  kind: DocumentKind | null;
  title: string | null;
  /** pages of the whole file; 0 where it has none */
  pages: number;
  rows: number;
  /** where the number was */
  place: { page?: number; row?: number };
}

/** What was taken out of an upload. */
export interface Redaction {
  /** sha256 of the upload as it came, hex: by it the same bytes are known when they come again */
  digest: string;
  files: WithdrawnFile[];
}
