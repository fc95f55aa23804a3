import { describe, expect, it } from 'vitest';
import {
  nothingReviewed,
  type Reviewed,
  withAnsweredFindings,
  withReviewEnd,
  withReviewedFacts,
} from '../../../shared/decision/reviewed.ts';
import type { Collected } from '../../../shared/facts/collect-facts.ts';
import { findingKey } from '../../../shared/findings/finding.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';

const collected = (facts: Record<string, unknown>): Collected =>
  ({
    facts: new Map(
      Object.entries(facts).map(([path, value]) => [path, { path, state: 'assumed', value, evidence: [] }]),
    ),
  }) as unknown as Collected;
const fact = (path: string, value: unknown, files: string[] | null = null): Reviewed => ({
  ...nothingReviewed(),
  facts: [{ path, value, on: '2026-06-12', files }],
});
const QUESTION = aFinding({ severity: 'review' });
const answered = (finding = QUESTION): Reviewed => ({
  facts: [],
  findings: new Map([[findingKey(finding), { on: '2026-06-12', remembered: true }]]),
});

describe('a fact a reviewer gave', () => {
  it('wins over the papers, with the reviewer as its evidence', () => {
    const { facts } = withReviewedFacts(
      collected({ 'flags.plan_signed': false }),
      [fact('flags.plan_signed', true)],
      new Set(),
    );
    expect(facts.get('flags.plan_signed')).toMatchObject({
      state: 'known',
      value: true,
      evidence: [{ source: 'reviewer', raw: '審査した人の確認（2026-06-12）' }],
    });
  });

  it('adds a document to those that came', () => {
    const before = collected({ documents: ['shien_keikakusho'] });
    const { facts } = withReviewedFacts(before, [fact('documents', ['care_plan_original'])], new Set());
    expect(facts.get('documents')?.value).toEqual(['shien_keikakusho', 'care_plan_original']);
  });

  it('holds while every file is there it was given on', () => {
    for (const [files, holds] of [
      [new Set(['a', 'b', 'c']), true],
      [new Set(['a', 'c']), false],
    ] as const) {
      const given = fact('flags.plan_signed', true, ['a', 'b']);
      expect(withReviewedFacts(collected({}), [given], files).facts.has('flags.plan_signed')).toBe(holds);
    }
  });
});

describe('a finding a reviewer answered', () => {
  it('is a note, and the packet is accepted where nothing else is open', () => {
    const verdict = aVerdict({ decision: 'review', findings: [QUESTION] });
    expect(withAnsweredFindings(verdict, [answered()])).toMatchObject({
      decision: 'accept',
      findings: [{ severity: 'info', message: QUESTION.message, answered: { remembered: true } }],
    });
  });

  it('is asked again where the value in its sentence changed', () => {
    const other = aVerdict({ decision: 'review', findings: [{ ...QUESTION, message: '別の日付です。' }] });
    expect(withAnsweredFindings(other, [answered()])).toEqual(other);
  });

  it('stays an error: no one answers what the law forbids', () => {
    const error = aVerdict({ decision: 'return', findings: [aFinding()] });
    expect(withAnsweredFindings(error, [answered(aFinding())]).decision).toBe('return');
  });
});

it('a return is a finding with the reason, and a confirmation answers what was open', () => {
  const verdict = aVerdict({ decision: 'review', findings: [QUESTION] });
  const returned = withReviewEnd(verdict, 'returned', '目標がない', '2026-06-12');
  expect(returned).toMatchObject({
    decision: 'return',
    findings: [{ code: 'F_PACKET_REVIEW_RETURNED' }, {}],
  });
  expect(withReviewEnd(verdict, 'confirmed', null, '2026-06-12')).toMatchObject({ decision: 'accept' });
});
