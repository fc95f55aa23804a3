import type { ReadDocument } from '../document.ts';

/** A document that is unread because it is an image, as a whole or in these pages. */
export const isUnreadImage = (document: ReadDocument): boolean =>
  document.read_by === 'none' &&
  document.outcome !== 'quarantined' &&
  document.findings.some(({ code }) => code === 'F_FILE_IMAGE' || code === 'F_PDF_NO_TEXT');

/** Pages of a document with text on which something else waits to be read: a picture, letters that are only shapes. */
export const unreadPages = ({ outcome, unread_pages }: ReadDocument): number[] =>
  outcome === 'quarantined' ? [] : (unread_pages ?? []);

/** A document that OCR can read, or read on. */
export const awaitsOcr = (document: ReadDocument): boolean =>
  isUnreadImage(document) || unreadPages(document).length > 0;
