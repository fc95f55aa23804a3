import type { Finding } from '../findings/finding.ts';
import type { DecisionOutcome } from '../vocabulary/category.ts';

/** An error sends the packet back; a warning or an open question goes to a person; else it is accepted. */
export function outcomeOf(findings: Finding[]): DecisionOutcome {
  if (findings.some((f) => f.severity === 'error')) return 'return';
  return findings.some((f) => f.severity === 'warn' || f.severity === 'review') ? 'review' : 'accept';
}
