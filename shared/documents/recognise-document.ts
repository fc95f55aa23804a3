import { nameKey } from '../text/normalise.ts';
import type { DocumentKind } from '../vocabulary/document-kinds.ts';
import type { FieldName } from './document.ts';
import { type FormMark, keyOfPlain, titleKey } from './forms/form-catalogue.ts';
import { readForm } from './forms/read-form.ts';
import { compactLines } from './forms/text/compact-line.ts';
import { median } from './pages/median.ts';
import type { PageText } from './pages/page-text.ts';
import { besideEachOther, type Halves, oneAboveOther } from './pages/split-sheet.ts';
import { marksFor, mayHoldTitle } from './title-edges.ts';

/** Pages that belong together, and what they are. */
export interface RecognisedDocument {
  /** null: the top of the first page has no title of the catalogue with enough labels */
  kind: DocumentKind | null;
  /** as printed */
  title: string | null;
  /** other kinds the same paper also is (利用票 and 別表 on one sheet) */
  also: DocumentKind[];
  pages: PageText[];
  /** the forms of a sheet that has several, each with its part of the page; without it, the document is one form */
  forms?: Form[];
}

/** One printed form, with what its reader needs. */
export interface Form {
  kind: DocumentKind;
  title: string;
  pages: PageText[];
}

/** The forms of a document whose values are read: none of an unknown one. */
export const formsOf = ({ kind, title, pages, forms }: RecognisedDocument): Form[] =>
  forms ?? (kind === null || title === null ? [] : [{ kind, title, pages }]);

/**
 * Splits pages into documents. A page with a title of its own begins one; a page without continues the last.
 * Every page ends in exactly one document.
 */
export function recogniseDocuments(pages: PageText[]): RecognisedDocument[] {
  const documents: RecognisedDocument[] = [];
  for (const page of pages) {
    const forms = formsOnSheet(page);
    if (forms) {
      documents.push(sheetOf(page, forms));
      continue;
    }
    const title = recogniseTitle(page);
    const last = documents.at(-1);
    const isLater = title !== null && title.mark.kind === last?.kind && isLaterPage(page);
    if (last && (!title || (isLater && !isOfOther(page, last)))) last.pages.push(page);
    else if (title)
      documents.push({ kind: title.mark.kind, title: title.printed, also: title.mark.also, pages: [page] });
    else documents.push({ kind: null, title: null, also: [], pages: [page] });
  }
  return documents;
}

/** Two forms on one sheet, where either half has a title and the labels that bear it out; null: the page is one form's. */
function formsOnSheet(page: PageText): Titled[] | null {
  const beside = besideEachOther(page);
  const found = beside && titled(beside);
  if (found) return found;
  for (const line of laterTitles(page)) {
    const halves = titled(oneAboveOther(page, line));
    if (halves) return halves;
  }
  return null;
}

type Titled = Form & { also: DocumentKind[] };

function titled(halves: Halves): Titled[] | null {
  const forms = halves.flatMap((half) => {
    const title = recogniseTitle(half);
    return title
      ? [{ kind: title.mark.kind, title: title.printed, also: title.mark.also, pages: [half] }]
      : [];
  });
  return forms.length === halves.length ? forms : null;
}

/** The sheet is one document, as a page is of one file: it also is what its other forms are. */
function sheetOf(page: PageText, forms: Titled[]): RecognisedDocument {
  const [first] = forms as [Titled];
  const kinds = new Set(forms.flatMap(({ kind, also }) => [kind, ...also]));
  kinds.delete(first.kind);
  return { kind: first.kind, title: first.title, also: [...kinds], pages: [page], forms };
}

/** Lines further down that may be the title of a second form: no part of a table, and in larger letters or after a gap. */
const LATER_PART = { from: 0.25, to: 0.8 };
const LARGER = 1.15;
const GAP_LINES = 2.2;
function laterTitles(page: PageText): number[] {
  const usual = median(page.lines.map(({ size }) => size));
  const lines = compactLines(page);
  return page.lines.flatMap((line, i) => {
    const [height, before] = [line.y / page.height, page.lines[i - 1]];
    if (!before || height < LATER_PART.from || height > LATER_PART.to) return [];
    if (line.size < LARGER * usual && line.y - before.y < GAP_LINES * line.size) return [];
    const key = bareTitle(keyOfPlain(lines[i]?.text ?? ''));
    return marksFor(key).some((mark) => titleFit(key, mark) > 0) ? [i] : [];
  });
}

interface Title {
  mark: FormMark;
  printed: string;
  score: number;
}

/** The best title of a page: long, large, near the top, alone on its line, and borne out by the form's labels. */
function recogniseTitle(page: PageText): Title | null {
  let best: Title | null = null;
  for (const candidate of titleCandidates(page))
    for (const mark of marksFor(candidate.key)) {
      const fit = titleFit(candidate.key, mark);
      if (fit === 0) continue;
      const labels = labelsOn(page, mark);
      if (labels < mark.needs) continue;
      const score = fit + candidate.weight + Math.min(labels, 10) * 2;
      if (!best || score > best.score) best = { mark, printed: candidate.printed, score };
    }
  return best;
}

/** How many of a form's labels the page prints; counted only for a form whose title it prints. */
function labelsOn(page: PageText, mark: FormMark): number {
  const text = compactLines(page)
    .map((line) => line.text)
    .join('\n');
  return mark.labels.filter((label) => text.includes(label)).length;
}

interface Candidate {
  key: string;
  printed: string;
  weight: number;
}

/** Possible titles: the first lines of the page, and lines in clearly larger letters in its upper part. */
const TOP_LINES = 6;
const TOP_PART = 0.3;
const LARGE_PART = 0.6;
const LARGE = 1.25;
/** letters of a line that may be a title */
const LONGEST = 70;

function titleCandidates(page: PageText): Candidate[] {
  const usual = median(page.lines.map(({ size }) => size));
  const candidates: Candidate[] = [];
  const lines = compactLines(page);
  const keyOf = (number: number): string => keyOfPlain(lines[number]?.text ?? '');
  for (const [number, line] of page.lines.entries()) {
    const height = line.y / page.height;
    if (height > LARGE_PART) break;
    const large = line.size >= usual * LARGE;
    if (number >= TOP_LINES && height > TOP_PART && !large) continue;
    const weight = (large ? 10 : 0) + Math.max(0, 8 - number);
    const add = (printed: string, whole: string, bonus: number): void => {
      if (!mayHoldTitle(whole)) return;
      const key = bareTitle(whole);
      if (key.length <= 2 || key.length > LONGEST) return;
      candidates.push({ key, printed: printed.replace(/\t/g, ' ').trim(), weight: weight + bonus });
    };
    const key = keyOf(number);
    add(line.text, key, 6);
    if (line.cells.length > 1 && mayHoldTitle(key))
      for (const cell of line.cells) add(cell.text, titleKey(cell.text), 0);
    // a long title runs over two lines
    const next = page.lines[number + 1];
    if (next && next.y - line.y < 2.5 * line.size)
      add(`${line.text}${next.text}`, key + keyOf(number + 1), 6);
  }
  return candidates;
}

/** Removes what is printed around a title: number of the form, brackets, page number, remarks. */
function bareTitle(key: string): string {
  return withoutDate(key)
    .replace(/^[(■●◆★※◎○□]+(?=[^)]*$)/u, '')
    .replace(
      /^\(?(?:別記|別紙|参考)?(?:様式)?(?:第?[0-9一二三四五六七八九十]+号?(?:の[0-9一二三四五六七八九十]+)?(?:様式|表|号)?)?\)?(?:\(第[^)]*(?:条|項)[^)]*\))?(?=.)/u,
      '',
    )
    .replace(/^(?:様式|書式)[0-9-]*/u, '')
    .replace(/(?:no\.?|[(-]?)?[0-9]+(?:[/-][0-9]+)?(?:頁|ページ|枚目)?[)-]?$/iu, '')
    .replace(/の写し?$/u, '')
    .replace(/\((?:写し?|案|原案|控え?|原本|確定|確定版|写|[IVX]+|表|裏|市提出用|利用者用|本人用)\)$/iu, '')
    .replace(/\)$/u, (bracket, _at: number, whole: string) => (whole.includes('(') ? bracket : ''));
}

/** 「令和6年6月分サービス利用票」, 「令和6年度基本チェックリスト」: for when it is, before what it is. */
const withoutDate = (key: string): string =>
  key.replace(/^\(?(?:(?:令和|平成|R|20)[0-9元]{1,2}年)?(?:度|[0-9]{1,2}月分?)\)?(?=.)/u, '');

/** 0: not this title. Longer titles fit better; an exact one better than one with something before or after it. */
function titleFit(key: string, mark: FormMark): number {
  let fit = 0;
  for (const title of mark.titles) {
    if (key === title) fit = Math.max(fit, title.length * 2 + 10);
    else if (key.startsWith(title) && isRemark(key.slice(title.length)))
      fit = Math.max(fit, title.length * 2 + 4);
    else if (key.endsWith(title) && isOwner(key.slice(0, -title.length)))
      fit = Math.max(fit, title.length * 2 + 2);
  }
  for (const ending of mark.endings)
    if (key.endsWith(ending) && !/[。、]/.test(key)) fit = Math.max(fit, ending.length * 2 + 1);
  return fit > 0 && mark.without.some((word) => key.includes(word)) ? 0 : fit;
}

/** 「（ケアマネジメント結果等記録表）」 after a title is a remark, 「の提供について」 is a sentence. */
const isRemark = (rest: string): boolean =>
  /^\([^()]{1,50}\)[^。、]{0,12}$/u.test(rest) || /^(?:令和|平成|20[0-9]{2})[^。、]{0,12}$/u.test(rest);

/** The name of a city or an office before a title, and no half of a sentence. */
const isOwner = (before: string): boolean =>
  before.length <= 14 &&
  !/[。、をにはがとで]/u.test(before) &&
  /(?:市|町|村|区|事業|版|用|所|支援|ケアマネジメント|\))$/u.test(before);

/** 「2/3」, 「- 2 -」, 「2ページ」, 「No.2」: the same form goes on. */
function isLaterPage(page: PageText): boolean {
  const lines = compactLines(page);
  return [...lines.slice(0, 4), ...lines.slice(-2)].some(({ text }) => {
    const number =
      /(?:^|[^0-9])([0-9]{1,2})\/([0-9]{1,2})(?:頁|ページ)?\)?$|^-([0-9]{1,2})-$|(?:No\.?|P\.?)([0-9]{1,2})$|([0-9]{1,2})(?:頁|ページ|枚)目?$/iu.exec(
        text,
      );
    const page_ = Number(number?.[1] ?? number?.[3] ?? number?.[4] ?? number?.[5] ?? 1);
    const of = Number(number?.[2] ?? page_);
    return page_ > 1 && page_ <= of;
  });
}

/** A file printed for everybody counts its pages through: the next page of the form is the next person's. */
function isOfOther(page: PageText, { kind, title, pages }: RecognisedDocument): boolean {
  const own = personOn(page, kind, title);
  const before = personOn(pages[0]!, kind, title);
  if (own.number && before.number) return own.number !== before.number;
  return own.name !== '' && before.name !== '' && own.name !== before.name;
}

function personOn(
  page: PageText,
  kind: DocumentKind | null,
  title: string | null,
): { number: string; name: string } {
  const readings = kind && title ? readForm('', kind, title, [page]) : [];
  const read = (wanted: FieldName): string =>
    String(readings.find(({ field }) => field === wanted)?.value ?? '');
  return { number: read('insured_number'), name: nameKey(read('name')) };
}
