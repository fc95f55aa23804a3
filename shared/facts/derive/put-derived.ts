import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { FactSheet } from '../fact.ts';

/**
 * Puts a fact that follows from another, with that one's evidence.
 * @param options.assumed it follows only as long as nothing else is known
 */
export function putDerived(
  facts: FactSheet,
  path: string,
  value: unknown,
  { from, assumed = false }: { from?: string | undefined; assumed?: boolean } = {},
): void {
  facts.set(path, {
    path,
    state: assumed ? 'assumed' : 'known',
    value,
    evidence: from ? (facts.get(from)?.evidence ?? []) : [],
    ...(from && { reason: `${factLabel(from)}から導いた` }),
  });
}
