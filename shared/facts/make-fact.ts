import type { FieldName, ReadDocument, Reading } from '../documents/document.ts';
import type { Evidence, Fact } from './fact.ts';
import type { Readings } from './readings.ts';

/**
 * A fact read from documents: known when all certain readings agree, conflicting when they do not, assumed when only
 * OCR shows it. Undefined without a reading.
 * @param value what the readings mean together; without it, the value they agree on
 */
export function readFact(path: string, readings: Reading[], value?: unknown): Fact | undefined {
  if (readings.length === 0) return undefined;
  const certain = readings.filter((r) => !r.uncertain);
  const trusted = certain.length > 0 ? certain : readings;
  const values = [...new Set(trusted.map((r) => JSON.stringify(r.value)))];
  const isConflict = value === undefined && values.length > 1;
  const isByOcr = certain.length === 0;
  return {
    path,
    state: isConflict ? 'conflicting' : isByOcr ? 'assumed' : 'known',
    value: isConflict ? null : (value ?? trusted[0]!.value),
    evidence: evidenceOf(readings),
    ...(isConflict && { reason: values.map((v) => JSON.parse(v)).join(' と ') }),
    ...(!isConflict && isByOcr && { reason: '画像から読み取った値' }),
  };
}

/** The latest of several dates: a plan that was made again counts as made then. */
export function latestFact(path: string, readings: Readings, field: FieldName): Fact | undefined {
  const dated = readings.of(field);
  return readFact(path, dated, latestOf(dated));
}

/** The latest date among readings, as ISO. */
export const latestOf = (readings: Reading[]): string | undefined =>
  readings
    .map((r) => String(r.value))
    .sort()
    .at(-1);

/** A fact that follows from something certain. */
export const knownFact = (path: string, value: unknown, reason: string, evidence: Evidence[] = []): Fact => ({
  path,
  state: 'known',
  value,
  evidence,
  reason,
});

/** A fact taken by default, or stated by the sender alone. */
export const assumedFact = (
  path: string,
  value: unknown,
  reason: string,
  evidence: Evidence[] = [],
): Fact => ({
  ...knownFact(path, value, reason, evidence),
  state: 'assumed',
});

export const evidenceOf = (readings: Reading[]): Evidence[] =>
  readings.map((r) => ({ source: 'document', where: r.where, raw: r.raw }));

/** The file as evidence. */
export const fileEvidence = ({ file }: ReadDocument): Evidence[] => [
  { source: 'document', where: { file }, raw: '' },
];

/** The first page of a document as evidence, by its title where one is given. */
export const pageEvidence = ({ file, pages }: ReadDocument, title: string | null = null): Evidence[] => [
  { source: 'document', where: { file, page: pages?.from }, raw: title ?? '' },
];
