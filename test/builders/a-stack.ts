import { PDFDocument } from '@cantoo/pdf-lib';
import { createCanvas } from '@napi-rs/canvas';
import { type FileText, OCR_EDITION, type OcrPage } from '../../shared/documents/ocr/ocr-text.ts';
import { sha256 } from '../../shared/text/digest.ts';
import { type CoverSheet, encodeCover } from '../../shared/vocabulary/cover-code.ts';

/** A page of a scanned stack: a 送付票, or another paper by its lines. */
export type StackPage = CoverSheet | string[];

/** A PDF of pictures, whose contents only OCR can tell. `mark` makes it another file. */
export async function scannedPdf(pages: StackPage[], mark = ''): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(mark);
  const picture = await pdf.embedPng(createCanvas(60, 85).toBuffer('image/png'));
  for (const _ of pages) pdf.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  return pdf.save();
}

/** What OCR reads of it. */
export const textOf = (bytes: Uint8Array, pages: StackPage[]): FileText => ({
  edition: OCR_EDITION,
  digest: sha256(bytes),
  pages_total: pages.length,
  pages: pages.map(pageOf),
});

function pageOf(page: StackPage, i: number): OcrPage {
  const base = { page: i + 1, width: 595, height: 842, hasImages: false, state: 'text' as const };
  const read = { ...base, quarters: 0, skew: 0, confidence: 95, my_number: false };
  if (!Array.isArray(page)) return { ...read, lines: [], cover: encodeCover(page) };
  const lines = page.map((text, n) => {
    const y = 60 + n * 30;
    const size = n === 0 ? 16 : 10;
    return { text, y, size, cells: [{ text, x: 60, right: 60 + text.length * size, y, size }] };
  });
  return { ...read, lines };
}
