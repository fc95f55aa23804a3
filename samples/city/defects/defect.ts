import type { Dossier, Verdict } from '../dossier.ts';
import type { Random } from '../random.ts';

export type Severity = 'error' | 'warn' | 'review';

/** One kind of mistake, named after the rule it violates. */
export interface Defect {
  name: string;
  /** rule of the city, or the part of the desk, that must find it */
  rule: string;
  /** finding codes the desk must raise for it; those of missing documents follow from the needs of the packet */
  codes: string[];
  /** the mistake of the office, in a clerk's words */
  why: string;
  /** whether this packet can have it */
  applies(d: Dossier): boolean;
  plant(d: Dossier, random: Random): void;
}

/** A further finding the desk must raise. */
export function expectFinding(d: Dossier, code: string, severity: Severity, rule: string): void {
  d.standing.push({ code, severity, rule });
}

/** The answer for the month is open: its input is destroyed or in doubt. */
export const undecidable = (): Partial<Verdict> => ({
  category: undefined,
  payer: undefined,
  base_units: undefined,
  total_units: undefined,
  missing: undefined,
});

/** Sets facts on the cover, where the packet has one. */
export function setOnCover(d: Dossier, facts: Record<string, unknown>): void {
  if (d.cover) Object.assign(d.cover, facts);
}

/** Removes a fact from the cover. */
export function removeFromCover(d: Dossier, ...keys: string[]): void {
  for (const key of keys) delete d.cover?.[key];
}

/** The papers were drawn (not --csv-only), so that a defect of a paper can be seen. */
export const hasPapers = (d: Dossier): boolean => !d.csvOnly;
export const hasCover = (d: Dossier): boolean => d.cover !== null;
