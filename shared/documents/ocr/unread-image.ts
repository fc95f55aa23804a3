import type { ReadDocument } from '../document.ts';

/** A document that is unread because it is an image, as a whole or in these pages. */
export const isUnreadImage = (document: ReadDocument): boolean =>
  document.read_by === 'none' &&
  document.outcome !== 'quarantined' &&
  document.findings.some(({ code }) => code === 'F_FILE_IMAGE' || code === 'F_PDF_NO_TEXT');
