import type { Where } from '../findings/finding.ts';

/**
 * known: read from a document or a registry. assumed: said by the sender or taken by default, reason given.
 * missing: nobody said. conflicting: two sources disagree, and nobody chose silently.
 */
export type FactState = 'known' | 'assumed' | 'missing' | 'conflicting';

export interface Evidence {
  /** document (file), 登録簿, 送付票, 前月の記録, 導出 */
  source: 'document' | 'registry' | 'cover' | 'record' | 'derived' | 'given';
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

/** The value of a fact a rule may use, or undefined when it is missing or conflicting. */
export function factValue<T>(facts: FactSheet, path: string): T | undefined {
  const fact = facts.get(path);
  if (!fact || fact.state === 'missing' || fact.state === 'conflicting' || fact.value === null)
    return undefined;
  return fact.value as T;
}
