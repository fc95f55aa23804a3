import type { Finding } from '../findings/finding.ts';
import type { Comparable } from './compare/document-readings.ts';
import type { Fact } from './fact.ts';

/** What one step of collecting found. */
export interface Found {
  facts: Fact[];
  findings: Finding[];
  /** what other sources give for the same facts; compared with the one that counts, and otherwise not used */
  others?: Fact[];
  /** readings that must agree, where only the step knows which of a field they are */
  compared?: Comparable[];
}

/** Facts and findings of a step; a fact that no reading shows is left out. */
export const found = (facts: (Fact | undefined)[], findings: Finding[] = []): Found => ({
  facts: facts.filter((fact) => fact !== undefined),
  findings,
});
