import type { Packet } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import type { PageText, TextLine } from '../pages/page-text.ts';

/** The edition of the reader: a page whose text another edition made is read again. */
export const OCR_EDITION = 5;

/** What was read from one scanned page. Lengths are points on the page after it was straightened. */
export interface OcrPage extends PageText {
  /**
   * text: read. empty: nothing on it. failed: it could not be made an image, or nothing legible is on it.
   * fault: a fault of the program kept it from being read
   */
  state: 'text' | 'empty' | 'failed' | 'fault';
  /** the lines of the picture alone, on a page that has text beside it */
  picture?: TextLine[];
  /** why it failed, in Japanese */
  trouble?: string;
  /** how the page was turned to be read: quarters clockwise (0–3), then degrees clockwise */
  quarters: number;
  skew: number;
  /** 0–100, the OCR engine's own estimate */
  confidence: number;
  /** the page carries a 個人番号; its digits are not in the text */
  my_number: boolean;
  /** the line in the QR code of a cover sheet on the page */
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

/** Where the texts of scanned pages are kept: a bucket in the cloud, memory or a folder on one machine. */
export interface OcrTexts {
  /** for a caller that waits: reads what has no text yet. In the cloud the OCR stage reads, and no caller waits. */
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
