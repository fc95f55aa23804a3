import type { Citation } from '../findings/finding.ts';

export interface Deadline {
  what: string;
  /** ISO date, or a sentence where the source gives no date */
  due: string;
  basis: string;
  rule: string;
}
/** What a rule did in one decision; the explanation lists every one of them. */
export interface RuleTrace {
  rule: string;
  edition: string;
  status: 'satisfied' | 'violated' | 'not_applicable' | 'cannot_tell' | 'checklist';
  citation: Citation;
  /** the sentence of the rule, in Japanese */
  summary: string;
  /** facts that decided it */
  used: string[];
  /** facts that are not there and would decide it */
  needs: string[];
}
