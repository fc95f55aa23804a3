import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { readForm } from '../forms/read-form.ts';
import { type PlacedLine, quarantineMyNumbers } from '../my-number.ts';
import { type RecognisedDocument, recogniseDocuments } from '../recognise-document.ts';
import { findBreakage, holdsPictures } from './file-bytes.ts';
import { PDF_LIMITS, type PdfLimits } from './limits.ts';
import { isUnreadable, paintsAnything } from './page-ink.ts';
import { pageRuns } from './page-runs.ts';
import { assembleLines, type PageText } from './page-text.ts';
import { openPdf } from './pdf-engine.ts';

/**
 * Reads one PDF: text with places, forms, values. Every page ends in exactly one document. Never throws for what an
 * office sent; a file that cannot be read is one document without pages and a finding that says why.
 */
export async function readPdf(file: PacketFile, limits: PdfLimits = PDF_LIMITS): Promise<ReadDocument[]> {
  const bytes = await file.read();
  const broken = findBreakage(bytes);
  if (broken) return [unread(file, brokenFinding(file, broken))];
  let pdf: PDFDocumentProxy;
  try {
    // pdfjs takes the bytes away from its caller, so it gets its own
    pdf = await openPdf(new Uint8Array(bytes));
  } catch (error) {
    return [unread(file, openFinding(file, error))];
  }
  try {
    if (pdf.numPages > limits.pages)
      return [unread(file, tooManyPages(file, pdf.numPages, limits), pdf.numPages)];
    return await readPages(file, pdf, holdsPictures(bytes), limits);
  } catch (error) {
    return [unread(file, brokenFinding(file, causeOf(error)), pdf.numPages)];
  } finally {
    await pdf.destroy();
  }
}

/** What one page became: its text, or why it has none. */
type PageOutcome =
  | { page: number; state: 'text'; text: PageText }
  | { page: number; state: 'blank' | 'no_text' | 'failed' | 'late' };

async function readPages(
  file: PacketFile,
  pdf: PDFDocumentProxy,
  pictures: boolean,
  limits: PdfLimits,
): Promise<ReadDocument[]> {
  const deadline = Date.now() + limits.seconds * 1000;
  const outcomes: PageOutcome[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    if (Date.now() > deadline) outcomes.push({ page: number, state: 'late' });
    else outcomes.push(await beforeDeadline(readPage(pdf, number, pictures, limits), deadline, number));
  }
  return toDocuments(file, outcomes, limits);
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
    const { runs, width, height, characters } = await pageRuns(page, limits.charactersPerPage);
    if (characters === 0) return { page: number, state: (await paintsAnything(page)) ? 'no_text' : 'blank' };
    if (isUnreadable(runs)) return { page: number, state: 'no_text' };
    const lines = assembleLines(runs, { width, height });
    return { page: number, state: 'text', text: { page: number, width, height, lines, pictures } };
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

/** Pages with text become forms; pages without become documents nobody has read; blank backs follow their sheet. */
function toDocuments(file: PacketFile, outcomes: PageOutcome[], limits: PdfLimits): ReadDocument[] {
  const texts = outcomes.flatMap((outcome) => (outcome.state === 'text' ? [outcome.text] : []));
  const forms = recogniseDocuments(texts);
  const owner = new Map<number, RecognisedDocument>();
  for (const form of forms) for (const page of form.pages) owner.set(page.page, form);

  const documents: ReadDocument[] = [];
  const states: (RecognisedDocument | PageOutcome['state'])[] = [];
  for (const outcome of outcomes) {
    const belongs =
      owner.get(outcome.page) ??
      (outcome.state === 'failed' || outcome.state === 'late' ? outcome.state : 'no_text');
    const last = documents.at(-1);
    const isBlank = outcome.state === 'blank';
    if (last?.pages && (isBlank || states.at(-1) === belongs)) {
      last.pages.to = outcome.page;
      continue;
    }
    documents.push(newDocument(file, isBlank ? 'no_text' : belongs, outcome.page));
    states.push(isBlank ? 'no_text' : belongs);
  }
  const all = documents.length;
  for (const [i, document] of documents.entries())
    describe(file, document, states[i], { parts: all, limits, blank: isAllBlank(outcomes, document) });
  attachReadings(file, forms, documents);
  return quarantineMyNumbers(documents, ({ pages }) => placedLines(texts, pages));
}

const placedLines = (texts: PageText[], pages: ReadDocument['pages']): PlacedLine[] =>
  texts
    .filter(({ page }) => pages && page >= pages.from && page <= pages.to)
    .flatMap(({ page, lines }) => lines.map(({ text }) => ({ page, text })));

const isAllBlank = (outcomes: PageOutcome[], document: ReadDocument): boolean =>
  outcomes
    .filter(({ page }) => document.pages && page >= document.pages.from && page <= document.pages.to)
    .every(({ state }) => state === 'blank');

function newDocument(
  file: PacketFile,
  belongs: RecognisedDocument | PageOutcome['state'],
  page: number,
): ReadDocument {
  const form = typeof belongs === 'object' ? belongs : null;
  return {
    file: file.path,
    kind: form?.kind ?? null,
    ...(form && form.also.length > 0 ? { also: form.also } : {}),
    title: form?.pages[0]?.page === page ? form.title : null,
    read_by: form ? 'text' : 'none',
    pages: { from: page, to: page },
    rows: 0,
    outcome: form ? 'used' : 'unreadable',
    digest: file.digest,
    readings: [],
    findings: [],
  };
}

/** Says of every part that was not read or not recognised why, and names its pages. */
function describe(
  file: PacketFile,
  document: ReadDocument,
  state: RecognisedDocument | PageOutcome['state'] | undefined,
  about: { parts: number; limits: PdfLimits; blank: boolean },
): void {
  const pages = document.pages ?? { from: 1, to: 1 };
  const where = { file: file.path, page: pages.from };
  const name = `「${file.path}」の${pageNames(pages)}`;
  const others = about.parts > 1 ? 'ほかのページは読み取りました。' : '';
  if (state === 'late')
    document.findings.push(
      fileFinding(
        'F_FILE_TOO_LARGE',
        'error',
        where,
        `${name}は、${about.limits.seconds}秒以内に読み取れませんでした。`,
        'ファイルを書類ごとに分けて、もう一度送ってください。',
      ),
    );
  else if (state === 'failed')
    document.findings.push(
      fileFinding(
        'F_PDF_BROKEN',
        'error',
        where,
        `${name}を開けません。ページの中身が壊れています。${others}`,
        '元のソフトからPDFを作り直して送ってください。',
      ),
    );
  else if (state === 'no_text' && about.blank)
    document.findings.push(
      fileFinding(
        'F_PDF_NO_TEXT',
        'review',
        where,
        `${name}には何も印刷されていません。`,
        '送る書類に間違いがないか確かめてください。',
      ),
    );
  else if (state === 'no_text')
    document.findings.push(
      fileFinding(
        'F_PDF_NO_TEXT',
        'review',
        where,
        `${name}には文字の情報がなく（画像、または文字として取り出せない書体）、内容を読み取れません。${others}`,
        '書類を目で確かめてください。できればスキャンではなく、ソフトから直接PDFにして送ってください。',
      ),
    );
  else if (typeof state === 'object' && state.kind === null)
    document.findings.push(
      fileFinding(
        'F_PDF_UNKNOWN_FORM',
        'warn',
        where,
        `${name}は文字を読み取れましたが、どの様式か判別できません。`,
        '様式の題名が印刷されているか、不要な書類が混ざっていないかを確かめてください。',
      ),
    );
}

/** A form's readings go to the part that holds their page. */
function attachReadings(file: PacketFile, forms: RecognisedDocument[], documents: ReadDocument[]): void {
  for (const form of forms) {
    if (form.kind === null || form.title === null) continue;
    for (const reading of readForm(file.path, form.kind, form.title, form.pages)) {
      const page = reading.where.page ?? 0;
      const part = documents.find(({ pages }) => pages && page >= pages.from && page <= pages.to);
      part?.readings.push(reading);
    }
  }
}

const pageNames = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from}ページ` : `${from}〜${to}ページ`;

/** A file nobody could read, with the finding that says why. */
function unread(file: PacketFile, finding: Finding, pages?: number): ReadDocument {
  return {
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
  };
}

const brokenFinding = (file: PacketFile, cause: string): Finding =>
  fileFinding(
    'F_PDF_BROKEN',
    'error',
    { file: file.path },
    `「${file.path}」を開けません。${cause}`,
    '元のソフトからPDFを作り直し、開けることを確かめてから送ってください。',
  );

function openFinding(file: PacketFile, error: unknown): Finding {
  if (error instanceof Error && error.name === 'PasswordException')
    return fileFinding(
      'F_PDF_ENCRYPTED',
      'error',
      { file: file.path },
      `「${file.path}」はパスワードで保護されているため開けません。`,
      'パスワードを外したPDFを送ってください。',
    );
  return brokenFinding(file, causeOf(error));
}

const causeOf = (error: unknown): string =>
  error instanceof Error && error.name === 'InvalidPDFException'
    ? 'PDFの構造が壊れています。'
    : 'PDFとして読み取る途中で失敗しました。ファイルが壊れているおそれがあります。';

const tooManyPages = (file: PacketFile, pages: number, limits: PdfLimits): Finding =>
  fileFinding(
    'F_PDF_TOO_MANY_PAGES',
    'error',
    { file: file.path },
    `「${file.path}」は${pages}ページあります。一つのPDFで受け付けられるのは${limits.pages}ページまでです。`,
    '利用者ごと、書類ごとにPDFを分けて送ってください。',
  );
