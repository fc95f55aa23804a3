import type { FieldName, ReadDocument, Reading } from '../../shared/documents/document.ts';
import { Readings } from '../../shared/facts/readings.ts';

type Fields = [field: FieldName, value: Reading['value']][];

/** A document that was read, with readings by field. By default a CSV of no kind. */
export const aDocument = (over: Partial<ReadDocument> = {}, fields: Fields = []): ReadDocument => {
  const file = over.file ?? `${over.title ?? over.kind ?? 'a'}.csv`;
  return {
    kind: null,
    title: null,
    read_by: 'csv',
    pages: null,
    rows: 1,
    outcome: 'used',
    digest: '',
    findings: [],
    ...over,
    file,
    readings: over.readings ?? fields.map(([field, value]) => aReading(field, value, { where: { file } })),
  };
};

export const aReading = (
  field: FieldName,
  value: Reading['value'],
  over: Partial<Reading> = {},
): Reading => ({
  field,
  value,
  raw: String(value),
  where: { file: 'a.csv' },
  ...over,
});

/** A reading by OCR. */
export const anOcrReading = (field: FieldName, value: Reading['value']): Reading =>
  aReading(field, value, { uncertain: true, where: { file: 'a.png', page: 1 } });

export const readingsOf = (...documents: ReadDocument[]): Readings => new Readings(documents);
