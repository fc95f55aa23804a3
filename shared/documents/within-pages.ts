import type { PageSpan } from '../packet/packet.ts';
import type { ReadDocument } from './document.ts';

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
    return spans
      .map(({ from, to }) => ({ from: Math.max(from, pages.from), to: Math.min(to, pages.to) }))
      .filter(({ from, to }) => from <= to)
      .map((own) => (own.from === pages.from && own.to === pages.to ? document : part(document, own)));
  });
}

function part(document: ReadDocument, pages: PageSpan): ReadDocument {
  const isHere = ({ where: { page } }: { where: { page?: number | undefined } }): boolean =>
    page === undefined || (page >= pages.from && page <= pages.to);
  const { content: _, unread_pages, ...rest } = document;
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
