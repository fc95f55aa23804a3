import { reportFault } from '../../faults/report-fault.ts';
import { deskFault } from '../../findings/desk-fault.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { documentTitle } from '../../vocabulary/document-kinds.ts';
import type { ReadDocument } from '../document.ts';
import { unclearChoices } from '../forms/fields/unclear-choices.ts';
import { struckWords } from '../pdf/pdf-findings.ts';
import { quarantined } from '../quarantine.ts';
import { formsOf, recogniseDocuments } from '../recognise-document.ts';
import { unclearChoice } from '../unclear-choice.ts';
import { credibleReadings } from './credible-readings.ts';
import { BROKEN, CANNOT_DECODE, CUT_OFF } from './image/image-trouble.ts';
import type { FileText, OcrPage, OcrTexts } from './ocr-text.ts';
import { readOn } from './read-on.ts';
import { awaitsOcr, isUnreadImage } from './unread-image.ts';

/**
 * Replaces unread images by the documents in their texts, and completes documents of which a part was unread. Where there is no text (yet), the document stays as it is:
 * unread, with its finding. Every page stays in exactly one document.
 */
export async function applyOcr(documents: ReadDocument[], texts: OcrTexts): Promise<ReadDocument[]> {
  const applied: ReadDocument[] = [];
  for (const document of documents) {
    const text = awaitsOcr(document) ? await texts.get(document.digest) : null;
    if (!text) applied.push(document);
    else if (isUnreadImage(document)) applied.push(...readImage(document, text));
    else applied.push(readOn(document, text));
  }
  return applied;
}

type Form = ReturnType<typeof recogniseDocuments>[number];

/** The documents in one run of scanned pages. */
function readImage(document: ReadDocument, text: FileText): ReadDocument[] {
  const { from, to } = wholePages(document, text);
  const pages = text.pages.filter(({ page }) => page >= from && page <= to);
  if (pages.length === 0) return [document];
  const forms = formsBetweenSheets(pages);
  const parts: ReadDocument[] = [];
  let last: unknown;
  for (const page of pages) {
    const form = forms.find((each) => each.pages.includes(page)) ?? null;
    const before = parts.at(-1);
    const continues = form ? form === last : page.state === 'empty' ? before : last === page.trouble;
    if (before?.pages && continues) before.pages.to = page.page;
    else {
      parts.push(form ? readPart(document, page) : unreadPart(document, page));
      last = form ?? page.trouble ?? page.state;
    }
    const part = parts.at(-1) as ReadDocument;
    if (form && form.pages[0] === page) describeForm(part, form, text);
    if (form && page.struck) part.findings.push(struckWords({ path: part.file }, page.page, page.struck));
  }
  parts[0]?.findings.push(...document.findings.filter(({ code }) => KEPT.has(code)));
  return parts.map((part) => setAside(part, pages));
}

/** What was found in the file and not in its pictures: files attached to it, things that are not shown. */
const KEPT: ReadonlySet<string> = new Set(['F_FILE_UNKNOWN', 'F_FILE_NORMALISED']);

/** A form ends before the 送付票 of the next person. */
function formsBetweenSheets(pages: OcrPage[]): Form[] {
  const forms: Form[] = [];
  let run: OcrPage[] = [];
  const end = (): void => {
    forms.push(...recogniseDocuments(run));
    run = [];
  };
  for (const page of pages) {
    if (page.cover) {
      end();
      forms.push({ kind: 'cover_sheet', title: documentTitle('cover_sheet'), also: [], pages: [page] });
    } else if (page.state === 'text') run.push(page);
  }
  end();
  return forms;
}

/** The pages of an image file are only counted when it is opened. */
function wholePages(document: ReadDocument, text: FileText): { from: number; to: number } {
  const { from, to } = document.pages ?? { from: 1, to: 1 };
  const isWholeFile = !document.isPart && document.findings.some(({ code }) => code === 'F_FILE_IMAGE');
  return { from, to: isWholeFile ? Math.max(to, text.pages_total) : to };
}

const readPart = (document: ReadDocument, page: OcrPage): ReadDocument => ({
  ...document,
  kind: null,
  title: null,
  read_by: 'ocr',
  pages: { from: page.page, to: page.page },
  outcome: 'used',
  readings: [],
  findings: [],
});

function describeForm(part: ReadDocument, form: Form, text: FileText): void {
  const page = form.pages[0]?.page ?? 1;
  part.kind = form.kind;
  part.title = form.title;
  if (form.also.length > 0) part.also = form.also;
  if (form.kind === null || form.title === null) {
    part.findings.push(unknownForm(part.file, page));
    return;
  }
  const code = text.pages.find((each) => each.page === page)?.cover;
  if (form.kind === 'cover_sheet' && code) {
    // A QR code corrects its own errors or is not read at all.
    part.readings.push({ field: 'cover_code', value: code, raw: code, where: { file: part.file, page } });
    return;
  }
  try {
    for (const { kind, title, pages } of formsOf(form)) {
      part.readings.push(...credibleReadings(part.file, kind, title, pages, text));
      const choices = unclearChoices(part.file, kind, pages, part.readings, true);
      part.findings.push(...choices.map((choice) => unclearChoice(part.file, choice)));
    }
    if (part.readings.length === 0) part.findings.unshift(nothingRead(part.file, page));
  } catch (error) {
    reportFault(error);
    Object.assign(part, { outcome: 'unreadable', findings: [deskFault({ file: part.file, page })] });
  }
}

const unknownForm = (file: string, page: number) =>
  fileFinding(
    'F_FILE_IMAGE',
    'review',
    { file, page },
    `「${file}」の${page}ページは画像から文字を読み取りましたが、どの様式か判別できません。`,
    '担当者が書類を目で確かめます。様式の題名が写っていないときは、題名のあるページも送ってください。',
  );

/** A form without a single value is unread, even with a title. */
const nothingRead = (file: string, page: number) =>
  fileFinding(
    'F_FILE_IMAGE',
    'review',
    { file, page },
    `「${file}」の${page}ページは、画像から様式の題名だけを読み取れました。記入された内容は読み取れていません。`,
    '担当者が書類を目で確かめます。手書きや薄い印刷のときは、濃く、まっすぐにスキャンし直すと読み取れることがあります。',
  );

/** Pages that could not be read stay unread, with the reason. */
const unreadPart = (document: ReadDocument, page: OcrPage): ReadDocument => ({
  ...document,
  kind: null,
  title: null,
  pages: { from: page.page, to: page.page },
  outcome: 'unreadable',
  readings: [],
  findings: [unreadFinding(document.file, page)],
});

const SEND_AGAIN =
  '送信や保存が途中で終わったおそれがあります。元の画像を開けることを確かめ、送り直してください。';
/** What helps, by the trouble that a page had. */
const REMEDIES: Record<string, string> = {
  [CUT_OFF]: SEND_AGAIN,
  [BROKEN]: SEND_AGAIN,
  [CANNOT_DECODE]:
    'パソコンでPDFを開き、「印刷」で「Microsoft Print to PDF」を選んでPDFを作り直すか、スキャナーの設定を「標準」の圧縮にしてスキャンし直してください。',
};

function unreadFinding(file: string, { page, state, trouble }: OcrPage): Finding {
  const name = `「${file}」の${page}ページ`;
  if (state === 'fault') return deskFault({ file, page });
  if (state === 'empty')
    return fileFinding(
      'F_PDF_NO_TEXT',
      'review',
      { file, page },
      `${name}には何も写っていません。`,
      '送る書類に間違いがないか確かめてください。',
    );
  return fileFinding(
    'F_FILE_IMAGE',
    'review',
    { file, page },
    `${name}は画像から文字を読み取れませんでした（${trouble ?? '原因不明'}）。担当者が目で確かめます。`,
    REMEDIES[trouble ?? ''] ??
      'はっきり読めるように撮り直すか、介護ソフトから出力したPDFかCSVで送ると早く確認できます。',
  );
}

/** Quarantines a document with a 個人番号 on one of its pages, whatever else was read. */
function setAside(part: ReadDocument, pages: OcrPage[]): ReadDocument {
  const { from, to } = part.pages ?? { from: 1, to: 0 };
  const marked = pages.find(({ page, my_number }) => my_number && page >= from && page <= to);
  return marked ? quarantined(part, { page: marked.page }) : part;
}
