import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { reportFault } from '../../faults/report-fault.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { faultyDocument, unreadDocument } from '../blank-document.ts';
import type { ReadDocument } from '../document.ts';
import { findBreakage, holdsFiles } from '../pages/file-bytes.ts';
import { shownLayers } from '../pages/layers.ts';
import type { IsShown } from '../pages/operators.ts';
import { pageContent } from '../pages/page-content.ts';
import { engineFiles, openPdf } from '../pages/pdf-engine.ts';
import { PDF_LIMITS, type PdfLimits } from '../pages/pdf-limits.ts';
import { fromEngine, UnreadableFile } from '../unreadable-file.ts';
import { toDocuments } from './documents-of-pages.ts';
import { outcomeOfPage, type PageOutcome } from './page-outcome.ts';
import { attachedFiles, brokenFile, encryptedFile, tooManyPages } from './pdf-findings.ts';

/**
 * Reads one PDF: text with positions, forms, values. Every page ends in exactly one document. Never throws for what an
 * office sent; a file that cannot be read is one document with a finding that says why.
 * Throws when the desk itself is incomplete (the engine's folders are missing).
 */
export async function readPdf(file: PacketFile, limits: PdfLimits = PDF_LIMITS): Promise<ReadDocument[]> {
  const bytes = await file.read();
  engineFiles();
  const broken = findBreakage(bytes);
  if (broken) return [unreadDocument(file, brokenFile(file, broken))];
  let pdf: PDFDocumentProxy | undefined;
  try {
    // pdfjs takes the bytes over, so it gets a copy
    pdf = await openPdf(new Uint8Array(bytes));
    return await readOpened(file, pdf, bytes, limits);
  } catch (error) {
    return [failedFile(file, error, pdf?.numPages)];
  } finally {
    await pdf?.destroy();
  }
}

async function readOpened(
  file: PacketFile,
  pdf: PDFDocumentProxy,
  bytes: Uint8Array,
  limits: PdfLimits,
): Promise<ReadDocument[]> {
  // A page tree that cannot be walked, or is empty: a file without pages would vanish.
  if (pdf.numPages < 1) return [unreadDocument(file, brokenFile(file, 'ページが一つもありません。'))];
  if (pdf.numPages > limits.pages)
    return [unreadDocument(file, tooManyPages(file, pdf.numPages, limits), pdf.numPages)];
  const documents = toDocuments(file, await readPages(pdf, limits), limits);
  if (holdsFiles(bytes)) documents[0]?.findings.push(attachedFiles(file));
  return documents;
}

async function readPages(pdf: PDFDocumentProxy, limits: PdfLimits): Promise<PageOutcome[]> {
  const isShown = await shownLayers(pdf);
  const deadline = Date.now() + limits.seconds * 1000;
  const outcomes: PageOutcome[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    if (Date.now() > deadline) outcomes.push({ page: number, state: 'late' });
    else outcomes.push(await beforeDeadline(readPage(pdf, number, isShown, limits), deadline, number));
  }
  return outcomes;
}

async function readPage(
  pdf: PDFDocumentProxy,
  number: number,
  isShown: IsShown,
  limits: PdfLimits,
): Promise<PageOutcome> {
  let page: PDFPageProxy | undefined;
  try {
    page = await fromEngine(() => pdf.getPage(number));
    return await readLoaded(page, isShown, limits);
  } catch (error) {
    if (error instanceof UnreadableFile) return { page: number, state: 'failed' };
    reportFault(error);
    return { page: number, state: 'fault' };
  } finally {
    page?.cleanup();
  }
}

async function readLoaded(page: PDFPageProxy, isShown: IsShown, limits: PdfLimits): Promise<PageOutcome> {
  const content = await pageContent(page, limits.charactersPerPage, isShown);
  return content ? outcomeOfPage(page.pageNumber, content) : { page: page.pageNumber, state: 'crowded' };
}

/** A page that does not come in time is given up; the file's other pages are then late as well. */
async function beforeDeadline(
  work: Promise<PageOutcome>,
  deadline: number,
  page: number,
): Promise<PageOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PageOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ page, state: 'late' }), Math.max(0, deadline - Date.now()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failedFile(file: PacketFile, error: unknown, pages?: number): ReadDocument {
  if (!(error instanceof UnreadableFile)) {
    reportFault(error);
    return faultyDocument(file, pages);
  }
  if (error.reason === 'PasswordException') return unreadDocument(file, encryptedFile(file), pages);
  const cause =
    error.reason === 'InvalidPDFException'
      ? 'PDFの構造が壊れています。'
      : 'PDFとして読み取る途中で失敗しました。ファイルが壊れているおそれがあります。';
  return unreadDocument(file, brokenFile(file, cause), pages);
}
