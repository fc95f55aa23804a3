import { createHash } from 'node:crypto';
import { reportFault } from '../../faults/report-fault.ts';
import { deskFault } from '../../findings/desk-fault.ts';
import type { Finding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import type { PlacedLine } from '../../text/my-number.ts';
import type { ReadDocument } from '../document.ts';
import { isByHand, unclearChoices } from '../forms/fields/unclear-choices.ts';
import { readForm } from '../forms/read-form.ts';
import type { PageText } from '../pages/page-text.ts';
import type { PdfLimits } from '../pages/pdf-limits.ts';
import { quarantineMyNumbers } from '../quarantine.ts';
import { formsOf, type RecognisedDocument, recogniseDocuments } from '../recognise-document.ts';
import { unclearChoice } from '../unclear-choice.ts';
import type { PageOutcome, Unread } from './page-outcome.ts';
import {
  blankPages,
  brokenPages,
  crowdedPages,
  latePages,
  type Pages,
  pagesWithoutText,
  partlyReadPages,
  picturedPage,
  picturePages,
  recognisedText,
  struckWords,
  unknownForm,
} from './pdf-findings.ts';

/** Pages that follow each other and belong together: pages of one form, or pages unread for one reason. */
interface Part extends Pages {
  belongs: RecognisedDocument | Unread;
}

/** Pages with text become forms; pages without become unread documents; blank pages follow their sheet. */
export function toDocuments(file: PacketFile, outcomes: PageOutcome[], limits: PdfLimits): ReadDocument[] {
  const texts = outcomes.flatMap((outcome) => (outcome.state === 'text' ? [outcome.text] : []));
  const forms = recogniseDocuments(texts);
  const documents = toParts(outcomes, forms).map((part) => ({
    ...toDocument(file, part, outcomes),
    findings: findingsOf(file, part, outcomes, limits),
  }));
  attachReadings(file, forms, documents);
  return quarantineMyNumbers(documents, ({ pages }) => placedLines(outcomes, pages));
}

function toParts(outcomes: PageOutcome[], forms: RecognisedDocument[]): Part[] {
  const owner = new Map(forms.flatMap((form) => form.pages.map(({ page }) => [page, form] as const)));
  const parts: Part[] = [];
  for (const { page, state } of outcomes) {
    const belongs = state === 'text' ? (owner.get(page) as RecognisedDocument) : state;
    const last = parts.at(-1);
    if (last && (belongs === 'blank' || last.belongs === belongs)) last.to = page;
    // blank pages at the very front belong to the first sheet
    else if (last?.belongs === 'blank') Object.assign(last, { belongs, to: page });
    else parts.push({ belongs, from: page, to: page });
  }
  return parts;
}

function toDocument(file: PacketFile, { belongs, from, to }: Part, outcomes: PageOutcome[]): ReadDocument {
  const form = typeof belongs === 'object' ? belongs : null;
  const first = form?.pages[0]?.page ?? 0;
  const unread = unreadIn(outcomes, { from, to }).map(({ page }) => page);
  const content = contentOf(outcomes, { from, to });
  return {
    file: file.path,
    kind: form?.kind ?? null,
    ...(form && form.also.length > 0 ? { also: form.also } : {}),
    title: form && first >= from && first <= to ? form.title : null,
    read_by: form ? (isUncertain(form) ? 'ocr' : 'text') : 'none',
    pages: { from, to },
    rows: 0,
    outcome: form ? 'used' : 'unreadable',
    digest: file.digest,
    readings: [],
    findings: [],
    ...(unread.length > 0 && { unread_pages: unread }),
    ...(content && { content }),
  };
}

/** What the pages show, by which papers that were printed again are the same; null where a picture may show more. */
function contentOf(outcomes: PageOutcome[], { from, to }: Pages): string | null {
  const hash = createHash('sha256');
  for (const outcome of outcomes) {
    if (outcome.page < from || outcome.page > to) continue;
    if (outcome.state === 'blank') continue;
    if (outcome.state !== 'text' || outcome.unread || outcome.text.hasImages) return null;
    const lines = [...outcome.text.lines.map(({ text }) => text), ...(outcome.text.struck ?? [])];
    hash.update(`${lines.filter((line) => !PAGE_NUMBER.test(line.trim())).join('\n')}\f`);
  }
  return hash.digest('hex');
}

/** 「3/40」, 「- 3 -」: they change with the papers of other people in the file. */
const PAGE_NUMBER = /^(?:P\.?)?[-‐－― ]*\d{1,4}(?: *[/／] *\d{1,4})?(?: *(?:ページ|頁))?[-‐－― ]*$/iu;

const textsIn = (outcomes: PageOutcome[], { from, to }: Pages): PageText[] =>
  outcomes.flatMap((each) =>
    each.state === 'text' && each.page >= from && each.page <= to ? [each.text] : [],
  );

/** The pages with text of which a part is not read: a picture, letters that are only shapes. */
const unreadIn = (outcomes: PageOutcome[], { from, to }: Pages) =>
  outcomes.flatMap((each) =>
    each.state === 'text' && each.unread && each.page >= from && each.page <= to
      ? [{ page: each.page, unread: each.unread }]
      : [],
  );

/** Text that another program recognised in a scanned page: a person confirms its values, as with our own OCR. */
const isUncertain = (form: RecognisedDocument): boolean => form.pages.some(({ uncertain }) => uncertain);

/** Why a part was not read or not recognised. */
function findingsOf(file: PacketFile, part: Part, outcomes: PageOutcome[], limits: PdfLimits): Finding[] {
  const others = outcomes.some(({ state }) => state === 'text');
  switch (part.belongs) {
    case 'blank':
      return [blankPages(file, part)];
    case 'no_text':
      return [pagesWithoutText(file, part, others)];
    case 'picture':
      return [picturePages(file, part, others)];
    case 'failed':
      return [brokenPages(file, part, others)];
    case 'late':
      return [latePages(file, part, limits)];
    case 'crowded':
      return [crowdedPages(file, part, limits)];
    case 'fault':
      return [deskFault({ file: file.path, page: part.from })];
    default:
      return [
        ...(part.belongs.kind === null ? [unknownForm(file, part)] : []),
        ...(isUncertain(part.belongs) ? [recognisedText(file, part)] : []),
        ...textsIn(outcomes, part).flatMap(({ page, struck }) =>
          struck ? [struckWords(file, page, struck)] : [],
        ),
        ...unreadIn(outcomes, part).flatMap(({ page, unread }) => {
          if (unread === 'layer') return [];
          const place = { from: page, to: page };
          return unread === 'shapes' ? [partlyReadPages(file, place)] : [picturedPage(file, place)];
        }),
      ];
  }
}

/** A form's readings go to the part that holds their page. A fault in the reader of one form costs no other form. */
function attachReadings(file: PacketFile, forms: RecognisedDocument[], documents: ReadDocument[]): void {
  for (const form of forms) {
    try {
      attachForm(file, form, documents);
    } catch (error) {
      reportFault(error);
      for (const part of documents)
        if (form.pages.some(({ page }) => holds(part, page))) Object.assign(part, withoutReadings(part));
    }
  }
}

function attachForm(file: PacketFile, form: RecognisedDocument, documents: ReadDocument[]): void {
  for (const { kind, title, pages } of formsOf(form)) {
    const readings = readForm(file.path, kind, title, pages);
    for (const reading of readings) {
      const part = documents.find((each) => holds(each, reading.where.page ?? 0));
      part?.readings.push({
        ...reading,
        ...(isUncertain(form) && { uncertain: true }),
        ...(isByHand(kind, reading, pages) && { by_hand: true }),
      });
    }
    for (const choice of unclearChoices(file.path, kind, pages, readings))
      documents.find((each) => holds(each, choice.page))?.findings.push(unclearChoice(file.path, choice));
  }
}

const holds = ({ pages }: ReadDocument, page: number): boolean =>
  pages !== null && page >= pages.from && page <= pages.to;

const withoutReadings = ({ file, pages, findings }: ReadDocument): Partial<ReadDocument> => ({
  outcome: 'unreadable',
  readings: [],
  findings: [...findings, deskFault({ file, ...(pages && { page: pages.from }) })],
});

function placedLines(outcomes: PageOutcome[], pages: ReadDocument['pages']): PlacedLine[] {
  const own = outcomes.filter(({ page }) => pages && page >= pages.from && page <= pages.to);
  return own.flatMap((outcome) => {
    const seen = outcome.state === 'text' ? outcome.text.lines.map(({ text }) => text) : [];
    return [...seen, ...(outcome.layer ?? [])].map((text) => ({ page: outcome.page, text }));
  });
}
