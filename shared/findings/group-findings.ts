import type { Finding, Severity } from './finding.ts';

const ORDER: Record<Severity, number> = { error: 0, warn: 1, review: 2, info: 3 };

/** The order an office reads them in: what sends the packet back first. Exact repeats are told once. */
export function groupFindings(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  const unique = findings.filter((f) => {
    const key = JSON.stringify([f.code, f.message, f.where]);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
  return unique
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => ORDER[a.finding.severity] - ORDER[b.finding.severity] || a.index - b.index)
    .map(({ finding }) => finding);
}
