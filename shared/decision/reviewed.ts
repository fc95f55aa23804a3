import type { Collected } from '../facts/collect-facts.ts';
import type { Fact } from '../facts/fact.ts';
import type { Person } from '../facts/identify.ts';
import { type Finding, fileFinding, findingKey } from '../findings/finding.ts';
import { groupFindings } from '../findings/group-findings.ts';
import type { ReviewDecision } from '../vocabulary/category.ts';
import { outcomeOf } from './outcome.ts';
import type { PacketVerdict } from './verdict.ts';

/** What reviewers entered about papers: about this packet, or about earlier ones of the person where it still holds. */
export interface Reviewed {
  facts: {
    path: string;
    value: unknown;
    /** ISO date */
    on: string;
    /** sha256 of files that must all be there; null: it holds whatever is sent */
    files: string[] | null;
  }[];
  /** findings they looked at and found in order, by their keys */
  findings: Map<string, { on: string; remembered: boolean }>;
}

/** What is kept of the person's other packets, for papers of this month and owner. */
export type RememberedOf = (person: Person, month: string | null, owner: string) => Promise<Reviewed>;

export const nothingReviewed = (): Reviewed => ({ facts: [], findings: new Map() });

/** The facts with those a reviewer gave: they win over papers and cover. A document adds to those that came. */
export function withReviewedFacts(
  collected: Collected,
  reviewed: Reviewed[],
  digests: ReadonlySet<string>,
): Collected {
  const given = reviewed.flatMap(({ facts }) => facts);
  const holding = given.filter(({ files }) => files === null || files.every((file) => digests.has(file)));
  if (holding.length === 0) return collected;
  const facts = new Map(collected.facts);
  for (const { path, value, on } of holding) {
    const before = facts.get(path);
    const isAdded = path === 'documents' && Array.isArray(before?.value) && Array.isArray(value);
    const evidence: Fact['evidence'] = [
      { source: 'reviewer', where: {}, raw: `審査した人の確認（${on}）` },
      ...(before?.evidence ?? []),
    ];
    facts.set(path, {
      path,
      state: 'known',
      value: isAdded ? [...new Set([...(before.value as string[]), ...value])] : value,
      evidence,
    });
  }
  return { ...collected, facts };
}

/** The verdict without the questions a reviewer answered: they stay as notes, and an error stays an error. */
export function withAnsweredFindings(verdict: PacketVerdict, reviewed: Reviewed[]): PacketVerdict {
  const answers = new Map(reviewed.flatMap(({ findings }) => [...findings]));
  if (answers.size === 0) return verdict;
  const findings = groupFindings(
    verdict.findings.map((finding) => {
      const answer = isQuestion(finding) ? answers.get(findingKey(finding)) : undefined;
      return answer ? asAnswered(finding, answer) : finding;
    }),
  );
  return { ...verdict, findings, decision: outcomeOf(findings) };
}

const isQuestion = ({ severity }: Finding): boolean => severity === 'review' || severity === 'warn';

const asAnswered = (finding: Finding, answered: NonNullable<Finding['answered']>): Finding => ({
  ...finding,
  severity: 'info',
  remedy: '審査の担当者が確かめました。対応は不要です。',
  answered,
});

/**
 * The verdict after a person ended the review: confirmed, every question is answered; returned, the reason is a finding
 * the office corrects.
 * @param on ISO date
 */
export function withReviewEnd(
  verdict: PacketVerdict,
  decision: ReviewDecision,
  reason: string | null,
  on: string,
): PacketVerdict {
  const answered = { on, remembered: false };
  const findings =
    decision === 'returned'
      ? [...verdict.findings, returnedFinding(reason ?? '')]
      : verdict.findings.map((finding) => (isQuestion(finding) ? asAnswered(finding, answered) : finding));
  const grouped = groupFindings(findings);
  return { ...verdict, findings: grouped, decision: outcomeOf(grouped) };
}

const returnedFinding = (reason: string): Finding =>
  fileFinding(
    'F_PACKET_REVIEW_RETURNED',
    'error',
    {},
    `審査の担当者が内容を確かめ、差し戻しました。理由：${reason}`,
    '理由を確かめて直し、この利用者の書類を出し直してください。分からないときは、担当の地域包括支援センターにお尋ねください。',
  );
