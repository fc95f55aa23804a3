import type { FieldName, ReadDocument, Reading } from '../documents/document.ts';

/** Chooses the documents whose readings count. */
export type DocumentFilter = (document: ReadDocument) => boolean;

interface PlacedReading {
  reading: Reading;
  document: ReadDocument;
}

/** All readings of the documents of a packet that are used. */
export class Readings {
  readonly all: PlacedReading[];
  readonly #byField: Map<FieldName, PlacedReading[]>;

  constructor(documents: ReadDocument[]) {
    this.all = documents
      .filter((document) => document.outcome === 'used')
      .flatMap((document) => document.readings.map((reading) => ({ reading, document })));
    this.#byField = Map.groupBy(this.all, ({ reading }) => reading.field);
  }

  /** Readings of one field, certain ones before those read by OCR. */
  of(field: FieldName, from?: DocumentFilter): Reading[] {
    const matches = (this.#byField.get(field) ?? []).flatMap(({ reading, document }) =>
      !from || from(document) ? [reading] : [],
    );
    return [...matches.filter((r) => !r.uncertain), ...matches.filter((r) => r.uncertain)];
  }

  first<T>(field: FieldName, from?: DocumentFilter): T | undefined {
    return this.of(field, from)[0]?.value as T | undefined;
  }
}

/** Readings of the newest plan where it has some, else those of any document. */
export function planReadings(readings: Readings, field: FieldName): Reading[] {
  const ofPlan = readings.of(field, isNewestPlan(readings));
  return ofPlan.length > 0 ? ofPlan : readings.of(field);
}

/** A plan that was made again replaces the one before; a document of a plan that names no day belongs to the newest. */
export function isNewestPlan(readings: Readings): DocumentFilter {
  const created = (d: ReadDocument) => d.readings.find((r) => r.field === 'plan_created')?.value;
  const newest = readings
    .of('plan_created', isPlan)
    .map((r) => String(r.value))
    .sort()
    .at(-1);
  return (d) => isPlan(d) && (created(d) ?? newest) === newest;
}

export const isPlan: DocumentFilter = ({ kind, also }) =>
  kind === 'shien_keikakusho' || (also?.includes('shien_keikakusho') ?? false);
