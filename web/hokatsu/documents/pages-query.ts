import { queryOptions } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { shownPage } from '../../shared/findings/own-pages.ts';
import { boxOnPage, type PlacedText } from './boxes.ts';
import { type OfficeSheet, officePage, type StoredFile } from './documents-query.ts';
import { type FileAddress, fetchBytes } from './fetch-bytes.ts';
import { isHeic } from './heic.ts';

/** A page of a document: a picture, however it was sent, or a page of an Office file. */
export type PageImage = ({ image: ImageBitmap; sheet: null } | { image: null; sheet: OfficeSheet }) & {
  /** pages that are shown: of a file of several persons those of one */
  count: number;
  /** what is written where; empty for pictures */
  text: PlacedText[];
};

type Shown = Pick<StoredFile, 'file' | 'media' | 'own_pages'>;

/** Large pictures: dropped soon after they are closed. */
const KEPT_MS = 60_000;

/** @param page its number in the file as it was sent */
export const pageQuery = (packetId: string, { file, media, own_pages }: Shown, page: number) =>
  queryOptions({
    queryKey: ['page', packetId, file, page],
    queryFn: (): Promise<PageImage> => {
      if (media === 'image') return picture({ packetId, file }, 1);
      if (media === 'office') return office(packetId, file, page);
      return pdfPage(packetId, { file, media, own_pages }, shownPage(own_pages, page));
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    // The number is that of the bytes stored: they do not change.
    retry: 1,
  });

async function picture(address: FileAddress, count: number): Promise<PageImage> {
  const bytes = await fetchBytes(address);
  const image = isHeic(bytes)
    ? await (await import('./decode-heic.ts')).decodeHeic(bytes)
    : await createImageBitmap(new Blob([bytes]));
  return { image, sheet: null, count, text: [] };
}

/** A sheet with its texts, or the picture that counts as this page. */
async function office(packetId: string, file: string, page: number): Promise<PageImage> {
  const { count, page: sheet } = await officePage(packetId, file, page);
  if (!sheet) return picture({ packetId, file, as: { as: 'picture', page: String(page) } }, count);
  const text = sheet.cells.map((cell) => ({ text: cell.text, box: boxOnPage(cell, sheet) }));
  return { image: null, sheet, count, text };
}

async function pdfPage(packetId: string, shown: Shown, page: number): Promise<PageImage> {
  const [{ drawPage, textOf }, pdf] = await Promise.all([import('./pdf-pages.ts'), pdfOf(packetId, shown)]);
  const number = Math.min(Math.max(page, 1), pdf.numPages);
  const [image, text] = await Promise.all([drawPage(pdf, number), textOf(pdf, number)]);
  return { image, sheet: null, count: pdf.numPages, text };
}

/** The PDFs opened last: turning a page does not load the file again. */
const opened = new Map<string, Promise<PDFDocumentProxy>>();
const MOST_OPENED = 3;

function pdfOf(packetId: string, { file, media }: Shown): Promise<PDFDocumentProxy> {
  const key = `${packetId} ${file}`;
  const pdf = opened.get(key) ?? load({ packetId, file, ...(media === 'tiff' && { as: { as: 'pdf' } }) });
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

async function load(address: FileAddress): Promise<PDFDocumentProxy> {
  const [{ openPdf }, bytes] = await Promise.all([import('./pdf-pages.ts'), fetchBytes(address)]);
  return openPdf(bytes);
}
