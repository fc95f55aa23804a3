import type { Finding } from '../findings/finding.ts';
import type { PageSpan } from '../packet/packet.ts';
import type { ReadDocument } from './document.ts';
import { pagesText } from './pdf/pdf-findings.ts';

/**
 * Of the documents of a file those on the pages that a packet has of it; of a run of scanned pages the pages it has. A file
 * with a 個人番号 stays one document: it is taken out as a whole.
 * @param spans undefined: the packet has the whole file
 */
export function withinPages(documents: ReadDocument[], spans: PageSpan[] | undefined): ReadDocument[] {
  if (!spans) return documents;
  return documents.flatMap((document) => {
    const { pages } = document;
    if (!pages) return [document];
    const last = isUncounted(document) ? Number.POSITIVE_INFINITY : pages.to;
    return spans
      .map(({ from, to }) => ({ from: Math.max(from, pages.from), to: Math.min(to, last) }))
      .filter(({ from, to }) => from <= to)
      .map((own) => (own.from === pages.from && own.to === last ? document : part(document, own)));
  });
}

/** A picture file counts as one page until OCR opens it; a TIFF has many. */
const isUncounted = ({ read_by, findings }: ReadDocument): boolean =>
  read_by === 'none' && findings.some(({ code }) => code === 'F_FILE_IMAGE');

function part(document: ReadDocument, pages: PageSpan): ReadDocument {
  const isHere = ({ where: { page } }: { where: { page?: number | undefined } }): boolean =>
    page === undefined || (page >= pages.from && page <= pages.to);
  const { content: _, unread_pages, ...rest } = document;
  // What was found in a run of unread pages is of each of them.
  if (document.read_by === 'none')
    return {
      ...rest,
      pages,
      isPart: true,
      findings: document.findings.map((one) => moved(one, document, pages)),
    };
  return {
    ...rest,
    pages,
    ...(unread_pages && {
      unread_pages: unread_pages.filter((page) => page >= pages.from && page <= pages.to),
    }),
    readings: document.readings.filter(isHere),
    findings: document.findings.filter(isHere),
  };
}

function moved(finding: Finding, { pages }: ReadDocument, own: PageSpan): Finding {
  const { where, message } = finding;
  if (!pages || where.page === undefined) return finding;
  const text = message.replace(pagesText(pages), pagesText(own));
  return { ...finding, where: { ...where, page: own.from }, message: text };
}
