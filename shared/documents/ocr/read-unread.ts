import type { Packet, PacketFile } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { countTiffPages } from './image/tiff-to-pdf.ts';
import type { FileText, OcrTexts } from './ocr-text.ts';
import { awaitsOcr, isUnreadImage, unreadPages } from './unread-image.ts';

export interface UnreadSources {
  texts: OcrTexts;
  /** reads these pages (from 1) of a file */
  read: (file: PacketFile, pages: number[]) => Promise<FileText>;
  /** called after each batch of pages: true stops the reading; what was read is kept */
  isEnough?: () => boolean;
}

/** Pages read before their text is kept: a crash loses no more, and a slow page delays no more than these. */
const BATCH = 2;

/**
 * Reads every image of a packet that has no text yet, and keeps the texts.
 * @param documents what `readDocuments` made of the packet
 * @returns how many pages were read now, and whether all are
 */
export async function readUnread(
  packet: Packet,
  documents: ReadDocument[],
  reading: UnreadSources,
): Promise<{ pages: number; isDone: boolean }> {
  let pages = 0;
  for (const file of packet.files) {
    const unread = documents.filter((each) => each.file === file.path && awaitsOcr(each));
    if (unread.length === 0) continue;
    const read = await readFile(file, await wantedPages(file, unread), reading);
    pages += read.pages;
    if (!read.isDone) return { pages, isDone: false };
  }
  return { pages, isDone: true };
}

/** Whether every picture of a packet has its text. */
export async function isWholeRead(
  packet: Packet,
  documents: ReadDocument[],
  texts: Pick<OcrTexts, 'get'>,
): Promise<boolean> {
  for (const file of packet.files) {
    const unread = documents.filter((each) => each.file === file.path && awaitsOcr(each));
    if (unread.length === 0) continue;
    const have = new Set((await texts.get(file.digest))?.pages.map(({ page }) => page));
    if ((await wantedPages(file, unread)).some((page) => !have.has(page))) return false;
  }
  return true;
}

/** The pages of a PDF on which something is unread; every page of a picture file, which may be a TIFF of many. */
async function wantedPages(file: PacketFile, unread: ReadDocument[]): Promise<number[]> {
  const isPicture = unread.some(({ findings }) => findings.some(({ code }) => code === 'F_FILE_IMAGE'));
  const spans = unread.filter(isUnreadImage).map(({ pages }) => pages ?? { from: 1, to: 1 });
  if (isPicture) spans.push({ from: 1, to: countTiffPages(await file.read()) });
  const pages = spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  return [...new Set([...pages, ...unread.flatMap(unreadPages)])];
}

async function readFile(
  file: PacketFile,
  wanted: number[],
  { texts, read, isEnough }: UnreadSources,
): Promise<{ pages: number; isDone: boolean }> {
  let text = await texts.get(file.digest);
  const have = new Set(text?.pages.map(({ page }) => page));
  const missing = wanted.filter((page) => !have.has(page));
  for (let from = 0; from < missing.length; from += BATCH) {
    if (from > 0 && isEnough?.()) return { pages: from, isDone: false };
    const batch = await read(file, missing.slice(from, from + BATCH));
    text = together(text, batch);
    await texts.put(text);
  }
  return { pages: missing.length, isDone: true };
}

const together = (before: FileText | null, batch: FileText): FileText =>
  before
    ? {
        ...batch,
        pages_total: Math.max(before.pages_total, batch.pages_total),
        pages: [...before.pages, ...batch.pages].sort((a, b) => a.page - b.page),
      }
    : batch;
