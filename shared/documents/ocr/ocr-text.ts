import type { Packet } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import type { PageText } from '../pages/page-text.ts';

/** The edition of the reader: a text made by another one is read again. */
export const OCR_EDITION = 2;

/** What was read from one scanned page. Lengths are points on the page after it was straightened. */
export interface OcrPage extends PageText {
  /** text: read. empty: nothing on it. failed: it could not be made a picture, or nothing legible is on it */
  state: 'text' | 'empty' | 'failed';
  /** why it failed, in Japanese */
  trouble?: string;
  /** how the page lay: quarters clockwise (0–3) and degrees clockwise by which it was turned to be read */
  quarters: number;
  skew: number;
  /** 0–100, what the reader of characters thinks of itself */
  confidence: number;
  /** the page carries a 個人番号; its digits are not in the text */
  my_number: boolean;
  /** what the QR code of a cover sheet on the page says */
  cover?: string;
}

/** The text of one file's scanned pages, kept under the digest of the file so that no page is read twice. */
export interface FileText {
  edition: number;
  /** sha256 of the file's bytes, hex */
  digest: string;
  /** pages of the whole file */
  pages_total: number;
  /** the pages that were asked for */
  pages: OcrPage[];
}

/** Where texts of scans are kept: a bucket in the cloud, memory or a folder on one machine. */
export interface OcrTexts {
  /** where the caller waits for it: reads what has no text yet. The desk does not wait; its own stage reads. */
  readNow?(packet: Packet, documents: ReadDocument[]): Promise<void>;
  /** null when the file was never read, or by another edition of the reader */
  get(digest: string): Promise<FileText | null>;
  put(text: FileText): Promise<void>;
}

/** Texts in memory, for one process. */
export function memoryOcrTexts(): OcrTexts {
  const texts = new Map<string, FileText>();
  return {
    get: async (digest) => texts.get(digest) ?? null,
    put: async (text) => void texts.set(text.digest, text),
  };
}
