import { reportFault } from '../../faults/report-fault.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { ReadDocument, Reading } from '../document.ts';
import { quarantined } from '../quarantine.ts';
import { recogniseDocuments } from '../recognise-document.ts';
import { credibleReadings } from './credible-readings.ts';
import type { FileText, OcrPage } from './ocr-text.ts';
import { unreadPages } from './unread-image.ts';

/**
 * A document whose text was read, with what OCR read on its unread pages beside it. What the text says stays; a field
 * that only the picture has is added, and one that differs from an earlier OCR layer is added as well, so that the two
 * are compared. A page that OCR could not read stays unread.
 */
export function readOn(document: ReadDocument, text: FileText): ReadDocument {
  const wanted = unreadPages(document);
  const pages = text.pages.filter(({ page }) => wanted.includes(page));
  const numbered = pages.find(({ my_number }) => my_number);
  if (numbered) return quarantined(document, { page: numbered.page });
  return pages.reduce((read, page) => readPage(read, page, text), document);
}

const isRead = ({ state }: OcrPage): boolean => state === 'text' || state === 'empty';

function readPage(document: ReadDocument, page: OcrPage, text: FileText): ReadDocument {
  const others = document.findings.filter((finding) => !isUnreadFinding(finding, page.page));
  if (!isRead(page)) return { ...document, findings: [...others, stillUnread(document.file, page)] };
  const { unread_pages: before = [], ...rest } = document;
  const left = before.filter((each) => each !== page.page);
  const added = addedReadings(document, page, text);
  const also = alsoIn(document, page);
  return {
    ...rest,
    ...(left.length > 0 && { unread_pages: left }),
    ...(also.length > 0 && { also: [...(document.also ?? []), ...also] }),
    readings: [...document.readings, ...added],
    findings: others,
  };
}

const isUnreadFinding = ({ code, where }: Finding, page: number): boolean =>
  code === 'F_PDF_NO_TEXT' && where.page === page;

/** What the page as a whole says that its text does not. */
function addedReadings(document: ReadDocument, page: OcrPage, text: FileText): Reading[] {
  if (page.state !== 'text' || document.kind === null) return [];
  try {
    const seen = credibleReadings(document.file, document.kind, document.title ?? '', [page], text);
    const known = Map.groupBy(document.readings, ({ field }) => field);
    const isNew = ({ field, value }: Reading): boolean => {
      const same = known.get(field) ?? [];
      if (same.length === 0) return true;
      // two programs read the same picture: where they differ, neither is believed
      return same.every(({ uncertain }) => uncertain) && !same.some((each) => isSame(each.value, value));
    };
    return seen.filter(isNew);
  } catch (error) {
    reportFault(error);
    return [];
  }
}

const isSame = (a: Reading['value'], b: Reading['value']): boolean =>
  JSON.stringify(a).replace(/[\s\u3000]/g, '') === JSON.stringify(b).replace(/[\s\u3000]/g, '');

/** Another form pasted into this one: a card under the form that asks for it. */
function alsoIn(document: ReadDocument, page: OcrPage): NonNullable<ReadDocument['also']> {
  if (!page.picture || page.state !== 'text') return [];
  const kinds = recogniseDocuments([{ ...page, lines: page.picture }]).flatMap(({ kind, also }) =>
    kind ? [kind, ...also] : [],
  );
  return kinds.filter((kind) => kind !== document.kind && !document.also?.includes(kind));
}

const stillUnread = (file: string, { page, trouble }: OcrPage): Finding =>
  fileFinding(
    'F_PDF_NO_TEXT',
    'review',
    { file, page },
    `「${file}」の${page}ページにある画像は、文字を読み取れませんでした（${trouble ?? '原因不明'}）。`,
    '担当者が画像を目で確かめます。書類を写した画像のときは、はっきり写し直して送ると読み取れます。',
  );
