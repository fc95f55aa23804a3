import type { ReadDocument } from '../documents/document.ts';
import { awaitsOcr } from '../documents/ocr/unread-image.ts';

/** True when a verdict rests on pictures, read or not, and must be weighed. */
export const holdsPictures = (documents: ReadDocument[]): boolean =>
  documents.some((document) => isByMachine(document) || awaitsOcr(document));

/** Read by OCR: by ours, or before by a scanner that laid its text over the picture. */
export const isByMachine = (document: ReadDocument): boolean =>
  document.read_by === 'ocr' || document.readings.some(({ uncertain }) => uncertain);

/** The documents as if no picture had been read. */
export const withoutPictures = (documents: ReadDocument[]): ReadDocument[] =>
  documents.map((document) =>
    isByMachine(document) ? { ...document, kind: null, also: [], readings: [] } : document,
  );
