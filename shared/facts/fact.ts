import type { Where } from '../findings/finding.ts';

/**
 * known: read from a document or a registry. assumed: given by the sender or taken by default, with the reason.
 * missing: no source has it. conflicting: two sources disagree, and neither is chosen silently.
 */
export type FactState = 'known' | 'assumed' | 'missing' | 'conflicting';

export interface Evidence {
  /** document (file), 登録簿, 送付票, 前月の記録, 導出, 審査した人 */
  source: 'document' | 'registry' | 'cover' | 'record' | 'derived' | 'given' | 'reviewer';
  where: Where;
  raw: string;
}

export interface Fact<T = unknown> {
  /** path in the vocabulary, e.g. `dates.plan_fixed` */
  path: string;
  state: FactState;
  value: T | null;
  evidence: Evidence[];
  /** why it is assumed, or what the other values are */
  reason?: string;
}

/** All facts of one packet, by path. A path that is absent is missing. */
export type FactSheet = Map<string, Fact>;

/** A fact sheet that may only be read. */
export type ReadonlyFacts = ReadonlyMap<string, Fact>;

/** The value of a fact a rule may use, or undefined when it is missing or conflicting. */
export const factValue = <T>(facts: ReadonlyFacts, path: string): T | undefined =>
  usableValue<T>(facts.get(path));

/** The value of one fact that may be used, or undefined when it is missing or conflicting. */
export function usableValue<T>(fact: Fact | null | undefined): T | undefined {
  if (!fact || fact.state === 'missing' || fact.state === 'conflicting' || fact.value === null)
    return undefined;
  return fact.value as T;
}
