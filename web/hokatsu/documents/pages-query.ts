import { queryOptions } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { shownPage } from '../../shared/findings/own-pages.ts';
import type { PlacedText } from './boxes.ts';
import type { StoredFile } from './documents-query.ts';
import { fetchBytes } from './fetch-bytes.ts';

/** A page of a document as a picture, however it was sent. */
export interface PageImage {
  image: ImageBitmap;
  /** pages that are shown: of a file of several persons those of one */
  count: number;
  /** what is written where; empty for pictures */
  text: PlacedText[];
}

type Shown = Pick<StoredFile, 'file' | 'media' | 'own_pages'>;

/** Large pictures: dropped soon after they are closed. */
const KEPT_MS = 60_000;

/** @param page its number in the file as it was sent */
export const pageQuery = (packetId: string, { file, media, own_pages }: Shown, page: number) =>
  queryOptions({
    queryKey: ['page', packetId, file, page],
    queryFn: (): Promise<PageImage> =>
      media === 'image'
        ? picture(packetId, file)
        : pdfPage(packetId, { file, media, own_pages }, shownPage(own_pages, page)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    // The number is that of the bytes stored: they do not change.
    retry: 1,
  });

async function picture(packetId: string, file: string): Promise<PageImage> {
  const bytes = await fetchBytes({ packetId, file, asPdf: false });
  return { image: await createImageBitmap(new Blob([bytes])), count: 1, text: [] };
}

async function pdfPage(packetId: string, shown: Shown, page: number): Promise<PageImage> {
  const [{ drawPage, textOf }, pdf] = await Promise.all([import('./pdf-pages.ts'), pdfOf(packetId, shown)]);
  const number = Math.min(Math.max(page, 1), pdf.numPages);
  const [image, text] = await Promise.all([drawPage(pdf, number), textOf(pdf, number)]);
  return { image, count: pdf.numPages, text };
}

/** The PDFs opened last: turning a page does not load the file again. */
const opened = new Map<string, Promise<PDFDocumentProxy>>();
const MOST_OPENED = 3;

function pdfOf(packetId: string, { file, media }: Shown): Promise<PDFDocumentProxy> {
  const key = `${packetId} ${file}`;
  const pdf = opened.get(key) ?? load({ packetId, file, asPdf: media === 'tiff' });
  opened.delete(key);
  opened.set(key, pdf);
  pdf.catch(() => opened.delete(key));
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) {
    void opened.get(oldest)?.then((one) => one.loadingTask.destroy());
    opened.delete(oldest);
  }
  return pdf;
}

async function load(address: Parameters<typeof fetchBytes>[0]): Promise<PDFDocumentProxy> {
  const [{ openPdf }, bytes] = await Promise.all([import('./pdf-pages.ts'), fetchBytes(address)]);
  return openPdf(bytes);
}
