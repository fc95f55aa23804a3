import type { ReadDocument } from '../documents/document.ts';
import { awaitsOcr } from '../documents/ocr/unread-image.ts';

/** True when a verdict rests on pictures, read or not, and must be weighed. */
export const holdsPictures = (documents: ReadDocument[]): boolean =>
  documents.some((document) => isByMachine(document) || awaitsOcr(document));

/** Read by OCR: by ours, or before by a scanner that laid its text over the picture. */
export const isByMachine = (document: ReadDocument): boolean =>
  document.read_by === 'ocr' || document.readings.some(({ uncertain }) => uncertain);

/** True when a choice was read from a ring or a line drawn by hand. */
export const holdsHandMarks = (documents: ReadDocument[]): boolean =>
  documents.some(({ readings }) => readings.some(({ by_hand }) => by_hand));

/** The documents as if no one had drawn rings or lines on them. */
export const withoutHandMarks = (documents: ReadDocument[]): ReadDocument[] =>
  documents.map((document) => ({
    ...document,
    readings: document.readings.filter(({ by_hand }) => !by_hand),
  }));

/** The documents as if no picture had been read. */
export const withoutPictures = (documents: ReadDocument[]): ReadDocument[] =>
  documents.map((document) =>
    isByMachine(document) ? { ...document, kind: null, also: [], readings: [] } : document,
  );
