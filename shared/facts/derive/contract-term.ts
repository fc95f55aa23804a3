import type { ContractPaper } from '../../vocabulary/contract-paper.ts';

/**
 * Beginning or end of the term of the widest contract: one of fewer parties does not prolong it. Of two equally wide ones
 * the later counts. Undefined where it shows no day.
 */
export function contractTerm(papers: ContractPaper[], end: 'from' | 'to'): string | undefined {
  const most = Math.max(...papers.map(({ parties }) => parties.length));
  const days = papers.filter(({ parties }) => parties.length === most).map((paper) => paper[end] ?? '');
  return days.sort().at(-1) || undefined;
}
