import type { FieldName, ReadDocument, Reading } from '../documents/document.ts';

/** Chooses the documents whose readings count. */
export type DocumentFilter = (document: ReadDocument) => boolean;

/** All readings of the documents of a packet that are used. */
export class Readings {
  readonly all: { reading: Reading; document: ReadDocument }[];

  constructor(documents: ReadDocument[]) {
    this.all = documents
      .filter((document) => document.outcome === 'used')
      .flatMap((document) => document.readings.map((reading) => ({ reading, document })));
  }

  /** Readings of one field, certain ones before those read by OCR. */
  of(field: FieldName, from?: DocumentFilter): Reading[] {
    const matches = this.all
      .filter((r) => r.reading.field === field && (!from || from(r.document)))
      .map((r) => r.reading);
    return [...matches.filter((r) => !r.uncertain), ...matches.filter((r) => r.uncertain)];
  }

  first<T>(field: FieldName, from?: DocumentFilter): T | undefined {
    return this.of(field, from)[0]?.value as T | undefined;
  }
}

/** Readings of the plan where it has some, else those of any document. */
export function planReadings(readings: Readings, field: FieldName): Reading[] {
  const ofPlan = readings.of(field, isPlan);
  return ofPlan.length > 0 ? ofPlan : readings.of(field);
}

export const isPlan: DocumentFilter = (document) => document.kind === 'shien_keikakusho';
