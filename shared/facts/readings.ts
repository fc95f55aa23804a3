import type { FieldName, ReadDocument, Reading } from '../documents/document.ts';
import type { Evidence, Fact, FactSheet } from './fact.ts';

/** All readings of a packet's documents, with what a fact needs of them. */
export class Readings {
  readonly all: { reading: Reading; document: ReadDocument }[];

  constructor(documents: ReadDocument[]) {
    this.all = documents.flatMap((document) => document.readings.map((reading) => ({ reading, document })));
  }

  /** Readings of one field, certain ones before those read by OCR. */
  of(field: FieldName, from?: (document: ReadDocument) => boolean): Reading[] {
    const found = this.all
      .filter((r) => r.reading.field === field && (!from || from(r.document)))
      .map((r) => r.reading);
    return [...found.filter((r) => !r.uncertain), ...found.filter((r) => r.uncertain)];
  }

  first<T>(field: FieldName, from?: (document: ReadDocument) => boolean): T | undefined {
    return this.of(field, from)[0]?.value as T | undefined;
  }
}

export const evidenceOf = (readings: Reading[]): Evidence[] =>
  readings.map((r) => ({ source: 'document', where: r.where, raw: r.raw }));

/**
 * Puts a fact read from documents: known when all certain readings agree, conflicting when they do not,
 * assumed when only OCR says so.
 */
export function putRead(
  facts: FactSheet,
  path: string,
  readings: Reading[],
  value?: unknown,
): Fact | undefined {
  if (readings.length === 0) return undefined;
  const certain = readings.filter((r) => !r.uncertain);
  const sure = certain.length > 0 ? certain : readings;
  const values = [...new Set(sure.map((r) => JSON.stringify(r.value)))];
  const conflict = value === undefined && values.length > 1;
  const fact: Fact = {
    path,
    state: conflict ? 'conflicting' : certain.length > 0 ? 'known' : 'assumed',
    value: conflict ? null : (value ?? sure[0]!.value),
    evidence: evidenceOf(readings),
    ...(conflict && { reason: `${values.map((v) => JSON.parse(v)).join(' と ')}` }),
    ...(!conflict && certain.length === 0 && { reason: '画像から読み取った値' }),
  };
  facts.set(path, fact);
  return fact;
}

/** Puts a fact that follows from something else. */
export function putDerived(
  facts: FactSheet,
  path: string,
  value: unknown,
  state: 'known' | 'assumed',
  reason: string,
  evidence: Evidence[] = [],
): void {
  facts.set(path, { path, state, value, evidence, reason });
}
