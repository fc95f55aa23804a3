import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { reportFault } from '../../faults/report-fault.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { faultyDocument, unreadDocument } from '../blank-document.ts';
import type { ReadDocument } from '../document.ts';
import { attachedNames } from '../pages/attached-names.ts';
import { findBreakage } from '../pages/file-bytes.ts';
import type { IsShown } from '../pages/graphics-state.ts';
import { shownLayers } from '../pages/layers.ts';
import { pageContent } from '../pages/page-content.ts';
import { engineFiles, openPdf } from '../pages/pdf-engine.ts';
import { PDF_LIMITS, type PdfLimits } from '../pages/pdf-limits.ts';
import { fromEngine, UnreadableFile } from '../unreadable-file.ts';
import { toDocuments } from './documents-of-pages.ts';
import { outcomeOfPage, type PageOutcome } from './page-outcome.ts';
import {
  attachedFiles,
  brokenFile,
  encryptedFile,
  type Pages,
  tooManyPages,
  xfaForm,
} from './pdf-findings.ts';

/** What one turn read of a PDF. */
export interface PdfPart {
  documents: ReadDocument[];
  /** pages of the file; 0: it cannot be opened */
  pages: number;
  /** the page with which the next turn begins; null: this was the last one */
  next: number | null;
}

/** Reads a whole PDF, turn by turn. */
export async function readPdf(file: PacketFile, limits: PdfLimits = PDF_LIMITS): Promise<ReadDocument[]> {
  const documents: ReadDocument[] = [];
  for (let from: number | null = 1; from !== null; ) {
    const part: PdfPart = await readPdfPart(file, from, limits);
    documents.push(...part.documents);
    from = part.next;
  }
  return documents;
}

/**
 * Reads some pages of a PDF: text with positions, forms, values. Over all turns every page ends in exactly one document.
 * The last form of a turn may not end in it, so the next turn begins with its first page. Never throws for what an
 * office sent; a file that cannot be read is one document with a finding that says why.
 * Throws when the desk itself is incomplete (the engine's folders are missing).
 * @param from the first page, from 1
 */
export async function readPdfPart(
  file: PacketFile,
  from: number,
  limits: PdfLimits = PDF_LIMITS,
): Promise<PdfPart> {
  const whole = (document: ReadDocument): PdfPart => ({ documents: [document], pages: 0, next: null });
  const bytes = await file.read();
  engineFiles();
  const broken = findBreakage(bytes);
  if (broken) return whole(unreadDocument(file, brokenFile(file, broken)));
  let pdf: PDFDocumentProxy | undefined;
  try {
    // pdfjs takes the bytes over, so it gets a copy
    pdf = await openPdf(new Uint8Array(bytes));
    return await readOpened(file, pdf, { from, limits });
  } catch (error) {
    return whole(failedFile(file, error, pdf?.numPages));
  } finally {
    await pdf?.destroy();
  }
}

async function readOpened(
  file: PacketFile,
  pdf: PDFDocumentProxy,
  { from, limits }: { from: number; limits: PdfLimits },
): Promise<PdfPart> {
  const pages = pdf.numPages;
  const refuse = (document: ReadDocument): PdfPart => ({ documents: [document], pages, next: null });
  // A page tree that cannot be walked, or is empty: a file without pages would vanish.
  if (pages < 1) return refuse(unreadDocument(file, brokenFile(file, 'ページが一つもありません。')));
  if (pages > limits.pages) return refuse(unreadDocument(file, tooManyPages(file, pages, limits), pages));
  const to = Math.min(pages, from + limits.pagesAtOnce - 1);
  const outcomes = await readPages(pdf, { from, to }, limits);
  // A file that is slow is given up as a whole: its other pages are late as well.
  const isLate = outcomes.some(({ state }) => state === 'late');
  if (isLate) for (let page = to + 1; page <= pages; page++) outcomes.push({ page, state: 'late' });
  const documents = toDocuments(file, outcomes, limits);
  if (to === pages && documents.every(({ kind }) => kind === null) && (await isXfaForm(pdf)))
    return refuse(unreadDocument(file, xfaForm(file), pages));
  const attached = await attachedNames(pdf, { from, to });
  if (attached.length > 0) documents[0]?.findings.push(attachedFiles(file, attached));
  if (to === pages || isLate) return { documents, pages, next: null };
  const begun = documents.at(-1)?.pages?.from ?? from;
  return begun > from
    ? { documents: documents.slice(0, -1), pages, next: begun }
    : { documents, pages, next: to + 1 };
}

/**
 * Whether the file is a form of Adobe (XFA), which its own program draws: the pages that every other one shows are empty, or
 * ask for Adobe Reader.
 */
async function isXfaForm(pdf: PDFDocumentProxy): Promise<boolean> {
  const { info } = await fromEngine(() => pdf.getMetadata());
  return (info as { IsXFAPresent?: boolean }).IsXFAPresent === true;
}

async function readPages(
  pdf: PDFDocumentProxy,
  { from, to }: Pages,
  limits: PdfLimits,
): Promise<PageOutcome[]> {
  const isShown = await shownLayers(pdf);
  const deadline = Date.now() + limits.seconds * 1000;
  const outcomes: PageOutcome[] = [];
  for (let number = from; number <= to; number++) {
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
