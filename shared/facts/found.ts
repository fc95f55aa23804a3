import type { Finding } from '../findings/finding.ts';
import type { Fact } from './fact.ts';

/** What one step of collecting found. */
export interface Found {
  facts: Fact[];
  findings: Finding[];
}

/** Facts and findings of a step; a fact that no reading shows is left out. */
export const found = (facts: (Fact | undefined)[], findings: Finding[] = []): Found => ({
  facts: facts.filter((fact) => fact !== undefined),
  findings,
});
