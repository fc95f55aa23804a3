import { reportFault } from '../../faults/report-fault.ts';
import type { OfficeKind } from '../../packet/office-kind.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { blankDocument, faultyDocument, unreadDocument } from '../blank-document.ts';
import type { ReadDocument } from '../document.ts';
import { linesOfCells, type PageText } from '../pages/page-text.ts';
import { PDF_LIMITS } from '../pages/pdf-limits.ts';
import { toDocuments } from '../pdf/documents-of-pages.ts';
import type { PageOutcome } from '../pdf/page-outcome.ts';
import { TooLargeFile, UnreadableFile } from '../unreadable-file.ts';
import type { OfficeFile, OfficePage } from './office-file.ts';
import {
  brokenOfficeFile,
  emptyOfficeFile,
  hiddenText,
  largeOfficeFile,
  pictureInside,
  unreadThings,
} from './office-findings.ts';
import { openOffice } from './open-office.ts';

/**
 * Reads a workbook or a text of Office: every sheet and page with the readers of forms, pictures as pages that wait for
 * OCR. Never throws for what an office sent; a file that cannot be read is one document with a finding that says why.
 */
export async function readOffice(file: PacketFile, kind: OfficeKind): Promise<ReadDocument[]> {
  try {
    const opened = await openOffice(await file.read(), kind);
    if (opened.pages.length + opened.pictures.length === 0)
      return [unreadDocument(file, emptyOfficeFile(file))];
    return documentsOf(file, opened);
  } catch (error) {
    if (error instanceof TooLargeFile) return [unreadDocument(file, largeOfficeFile(file, error.message))];
    if (error instanceof UnreadableFile) return [unreadDocument(file, brokenOfficeFile(file, error.message))];
    reportFault(error);
    return [faultyDocument(file)];
  }
}

function documentsOf(file: PacketFile, { pages, pictures }: OfficeFile): ReadDocument[] {
  const texts = toDocuments(file, pages.map(outcomeOf), PDF_LIMITS);
  for (const [i, page] of pages.entries()) {
    const document = texts.find((each) => each.pages && i + 1 >= each.pages.from && i + 1 <= each.pages.to);
    if (page.unread.size > 0) document?.findings.push(unreadThings(file, i + 1, page.name, page.unread));
    if (page.hidden.length > 0) document?.findings.push(hiddenText(file, i + 1, page.name));
  }
  const waiting = pictures.map((_, i) => {
    const page = pages.length + i + 1;
    return blankDocument(file, {
      outcome: 'unreadable',
      pages: { from: page, to: page },
      findings: [pictureInside(file, page, i + 1)],
    });
  });
  return [...texts, ...waiting];
}

function outcomeOf(page: OfficePage, i: number): PageOutcome {
  const text = pageText(page, i + 1);
  const hidden = page.hidden.length > 0 ? { layer: page.hidden } : {};
  return { page: i + 1, ...hidden, state: 'text', text, unread: null };
}

const pageText = ({ width, height, cells, pictures, struck }: OfficePage, page: number): PageText => ({
  ...{ page, width, height },
  lines: linesOfCells(cells),
  hasImages: pictures.length > 0,
  imageBoxes: pictures,
  ...(struck.length > 0 && { struck }),
});
