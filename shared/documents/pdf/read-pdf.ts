import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { Finding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { findBreakage, holdsFiles, holdsPictures } from '../pages/file-bytes.ts';
import { PDF_LIMITS, type PdfLimits } from '../pages/pdf-limits.ts';
import { paintsAnything, readableRuns } from '../pages/page-ink.ts';
import { placedImages } from '../pages/placed-images.ts';
import { pageRules } from '../pages/page-rules.ts';
import { pageRuns } from '../pages/page-runs.ts';
import { assembleLines, mayWrap } from '../pages/page-text.ts';
import { engineFiles, openPdf } from '../pages/pdf-engine.ts';
import { type PageOutcome, toDocuments } from './documents-of-pages.ts';
import { attachedFiles, brokenFile, encryptedFile, tooManyPages } from './pdf-findings.ts';

/**
 * Reads one PDF: text with places, forms, values. Every page ends in exactly one document. Never throws for what an
 * office sent; a file that cannot be read is one document without pages and a finding that says why.
 * Throws when the desk itself is not whole (the engine's folders are missing): that is no fault of a file.
 */
export async function readPdf(file: PacketFile, limits: PdfLimits = PDF_LIMITS): Promise<ReadDocument[]> {
  const bytes = await file.read();
  engineFiles();
  const broken = findBreakage(bytes);
  if (broken) return [unread(file, brokenFile(file, broken))];
  let pdf: PDFDocumentProxy;
  try {
    // pdfjs takes the bytes away from its caller, so it gets its own
    pdf = await openPdf(new Uint8Array(bytes));
  } catch (error) {
    return [unread(file, isPassword(error) ? encryptedFile(file) : brokenFile(file, causeOf(error)))];
  }
  try {
    // A page tree that cannot be walked, or says that it is empty: a file without pages would vanish.
    if (pdf.numPages < 1) return [unread(file, brokenFile(file, 'ページが一つもありません。'))];
    if (pdf.numPages > limits.pages)
      return [unread(file, tooManyPages(file, pdf.numPages, limits), pdf.numPages)];
    const documents = toDocuments(file, await readPages(pdf, holdsPictures(bytes), limits), limits);
    if (holdsFiles(bytes)) documents[0]?.findings.push(attachedFiles(file));
    return documents;
  } catch (error) {
    return [unread(file, brokenFile(file, causeOf(error)), pdf.numPages)];
  } finally {
    await pdf.destroy();
  }
}

async function readPages(
  pdf: PDFDocumentProxy,
  pictures: boolean,
  limits: PdfLimits,
): Promise<PageOutcome[]> {
  const deadline = Date.now() + limits.seconds * 1000;
  const outcomes: PageOutcome[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    if (Date.now() > deadline) outcomes.push({ page: number, state: 'late' });
    else outcomes.push(await beforeDeadline(readPage(pdf, number, pictures, limits), deadline, number));
  }
  return outcomes;
}

async function readPage(
  pdf: PDFDocumentProxy,
  number: number,
  pictures: boolean,
  limits: PdfLimits,
): Promise<PageOutcome> {
  let page: PDFPageProxy | undefined;
  try {
    page = await pdf.getPage(number);
    const { runs, width, height, characters, cut, ink } = await pageRuns(page, limits.charactersPerPage);
    if (cut) return { page: number, state: 'crowded' };
    if (characters === 0) return { page: number, state: (await paintsAnything(page)) ? 'no_text' : 'blank' };
    const readable = readableRuns(runs);
    if (readable.length === 0) return { page: number, state: 'no_text' };
    const drawn = pictures ? await placedImages(page) : { boxes: [], isOcrLayer: false };
    const plain = assembleLines(readable, { width, height });
    const text = {
      page: number,
      width,
      height,
      lines: mayWrap(plain) ? assembleLines(readable, { width, height }, await pageRules(page)) : plain,
      hasImages: pictures || ink.length > 0,
      imageBoxes: [...drawn.boxes, ...ink],
      uncertain: drawn.isOcrLayer,
    };
    return { page: number, state: 'text', text, partly: readable.length < runs.length };
  } catch {
    return { page: number, state: 'failed' };
  } finally {
    page?.cleanup();
  }
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

/** A file nobody could read, with the finding that says why. */
const unread = (file: PacketFile, finding: Finding, pages?: number): ReadDocument => ({
  file: file.path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: pages ? { from: 1, to: pages } : null,
  rows: 0,
  outcome: 'unreadable',
  digest: file.digest,
  readings: [],
  findings: [finding],
});

const isPassword = (error: unknown): boolean => error instanceof Error && error.name === 'PasswordException';

const causeOf = (error: unknown): string =>
  error instanceof Error && error.name === 'InvalidPDFException'
    ? 'PDFの構造が壊れています。'
    : 'PDFとして読み取る途中で失敗しました。ファイルが壊れているおそれがあります。';
