import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { maskedPath } from '../../text/my-number.ts';
import { printable } from '../../text/printable.ts';
import { PDF_LIMITS, type PdfLimits } from '../pages/pdf-limits.ts';
import { PROCESS_LIMITS } from '../worker/process-limits.ts';

/** What can be wrong with a PDF, in the office's words: which file, which pages, why, and what to do. */

/** Pages from 1, both inclusive. */
export interface Pages {
  from: number;
  to: number;
}

const atPages = (file: PacketFile, pages: Pages): string => `「${file.path}」の${pagesText(pages)}`;
export const pagesText = ({ from, to }: Pages): string =>
  from === to ? `${from}ページ` : `${from}〜${to}ページ`;
const whereOf = (file: PacketFile, { from }: Pages): Finding['where'] => ({ file: file.path, page: from });
const READ_OTHERS = 'ほかのページは読み取りました。';

export const brokenFile = (file: PacketFile, cause: string): Finding =>
  fileFinding(
    'F_PDF_BROKEN',
    'error',
    { file: file.path },
    `「${file.path}」を開けません。${cause}`,
    '元のソフトからPDFを作り直し、開けることを確かめてから送ってください。',
  );

export const encryptedFile = (file: PacketFile): Finding =>
  fileFinding(
    'F_PDF_ENCRYPTED',
    'error',
    { file: file.path },
    `「${file.path}」はパスワードで保護されているため開けません。`,
    'パスワードを外したPDFを送ってください。',
  );

export const tooManyPages = (file: PacketFile, pages: number, limits: PdfLimits): Finding =>
  fileFinding(
    'F_PDF_TOO_MANY_PAGES',
    'error',
    { file: file.path },
    `「${file.path}」は${pages}ページあります。一つのPDFで受け付けられるのは${limits.pages}ページまでです。`,
    '利用者ごと、書類ごとにPDFを分けて送ってください。',
  );

export const lateFile = (file: PacketFile): Finding =>
  fileFinding(
    'F_FILE_TOO_LARGE',
    'error',
    { file: file.path },
    `「${file.path}」は時間内に読み取れませんでした（${PDF_LIMITS.pagesAtOnce}ページごとに ${PDF_LIMITS.seconds} 秒、1提出 ${PROCESS_LIMITS.packetSeconds} 秒まで）。`,
    'ファイルを書類ごとに分け、元のソフトからPDFを作り直して送ってください。',
  );

export const crashedFile = (file: PacketFile): Finding =>
  fileFinding(
    'F_PDF_BROKEN',
    'error',
    { file: file.path },
    `「${file.path}」は読み取りの途中で処理を止めました。中身が壊れているか、極端に大きく展開されるファイルです。`,
    '元のソフトからファイルを作り直し、開けることを確かめてから送ってください。',
  );

export const latePages = (file: PacketFile, pages: Pages, limits: PdfLimits): Finding =>
  fileFinding(
    'F_FILE_TOO_LARGE',
    'error',
    whereOf(file, pages),
    `${atPages(file, pages)}は、${limits.pagesAtOnce}ページごとに掛けられる${limits.seconds}秒以内に読み取れませんでした。`,
    'ファイルを書類ごとに分けて、もう一度送ってください。',
  );

export const crowdedPages = (file: PacketFile, pages: Pages, limits: PdfLimits): Finding =>
  fileFinding(
    'F_FILE_TOO_LARGE',
    'error',
    whereOf(file, pages),
    `${atPages(file, pages)}には、1ページに読み取れる${limits.charactersPerPage}文字を超える文字があります。`,
    '元のソフトからPDFを作り直して送ってください。',
  );

export const brokenPages = (file: PacketFile, pages: Pages, others: boolean): Finding =>
  fileFinding(
    'F_PDF_BROKEN',
    'error',
    whereOf(file, pages),
    `${atPages(file, pages)}を開けません。ページの中身が壊れています。${others ? READ_OTHERS : ''}`,
    '元のソフトからPDFを作り直して送ってください。',
  );

export const blankPages = (file: PacketFile, pages: Pages): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}には何も印刷されていません。`,
    '送る書類に間違いがないか確かめてください。',
  );

export const pagesWithoutText = (file: PacketFile, pages: Pages, others: boolean): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}には文字の情報がなく（画像、または文字として取り出せない書体）、内容を読み取れません。${others ? READ_OTHERS : ''}`,
    '担当者が書類を目で確かめます。できればスキャンではなく、ソフトから直接PDFにして送ってください。',
  );

/** Little text (a page number, a header of a fax) beside a picture that is the page. */
export const picturePages = (file: PacketFile, pages: Pages, others: boolean): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}は、ほとんどが画像か、文字として取り出せない書体です。そこに書かれた内容は、文字の情報からは読み取れません。${others ? READ_OTHERS : ''}`,
    '担当者が書類を目で確かめます。できればスキャンではなく、ソフトから直接PDFにして送ってください。',
  );

/** A picture on a page whose text was read. */
export const picturedPage = (file: PacketFile, pages: Pages): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}に画像があります。文字は読み取りましたが、画像の中は読み取れていません。`,
    '担当者が画像を目で確かめます。書類を写した画像のときは、その書類を別のファイルにして送ると早く確認できます。',
  );

export const partlyReadPages = (file: PacketFile, pages: Pages): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}に、文字として取り出せない書体の部分があり、そこは読み取れていません。`,
    '担当者が書類を目で確かめます。フォントを埋め込む設定でPDFを作り直すと読み取れます。',
  );

export const recognisedText = (file: PacketFile, pages: Pages): Finding =>
  fileFinding(
    'F_FILE_OCR',
    'review',
    whereOf(file, pages),
    `${atPages(file, pages)}の文字は、画像から機械で読み取って重ねたものです。読み違いのおそれがあります。`,
    '担当者が番号・日付・氏名を目で確かめます。できればスキャンではなく、ソフトから直接PDFにして送ってください。',
  );

/** What a line strikes out is not part of the form. */
export const struckWords = (file: Pick<PacketFile, 'path'>, page: number, words: string[]): Finding =>
  fileFinding(
    'F_FILE_NORMALISED',
    'info',
    { file: file.path, page },
    `「${file.path}」の${page}ページで線で消されている${words
      .slice(0, MOST_WORDS)
      .map((word) => `「${word}」`)
      .join('')}${words.length > MOST_WORDS ? 'など' : ''}は、書かれていないものとして読みました。`,
    '消したつもりがなければ、線のない書類を送り直してください。',
  );
const MOST_WORDS = 5;

export const attachedFiles = (file: PacketFile, names: string[]): Finding =>
  fileFinding(
    'F_FILE_UNKNOWN',
    'warn',
    { file: file.path },
    `「${file.path}」の中に、ほかのファイルが添付されています（${names
      .slice(0, MOST_WORDS)
      .map((name) => printable(maskedPath(name)) || '名前なし')
      .join(
        '、',
      )}${names.length > MOST_WORDS ? `など${names.length}件` : ''}）。添付されたファイルは読み取っていません。`,
    '添付されているファイルを取り出し、同じフォルダーに入れて送ってください。',
  );

export const xfaForm = (file: PacketFile): Finding =>
  fileFinding(
    'F_FILE_UNKNOWN',
    'warn',
    { file: file.path },
    `「${file.path}」はAdobe Acrobat・Readerでだけ表示できる入力フォーム（XFA形式）で、記入された内容を読み取れません。`,
    'Adobe Acrobat Readerで開き、「印刷」でプリンターに「Microsoft Print to PDF」を選んでPDFにし、送り直してください。',
  );

export const unknownForm = (file: PacketFile, pages: Pages): Finding =>
  fileFinding(
    'F_PDF_UNKNOWN_FORM',
    'warn',
    whereOf(file, pages),
    `${atPages(file, pages)}は文字を読み取れましたが、どの様式か判別できません。`,
    '様式の題名が印刷されているか、不要な書類が混ざっていないかを確かめてください。',
  );
