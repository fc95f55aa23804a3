import { expect, it } from 'vitest';
import { coverQuestions } from '../../../shared/decision/cover-questions.ts';
import type { ExplainedFact } from '../../../shared/decision/verdict.ts';
import { fileFinding } from '../../../shared/findings/finding.ts';
import { aVerdict } from '../../builders/a-verdict.ts';

const fact = (path: string, is: Partial<ExplainedFact> = {}): ExplainedFact => ({
  path,
  label: path,
  state: 'known',
  value: true,
  evidence: [{ source: 'document', where: { file: 'a.pdf' }, raw: '' }],
  ...is,
});

const itemsOf = (facts: ExplainedFact[], waits: string[] = [], is: Parameters<typeof aVerdict>[0] = {}) => {
  const would_change = waits.map((path) => ({ fact: path, label: path, rules: ['MIT-R12'] }));
  const explanation = { facts, rules: [], would_change, caveats: [] };
  return coverQuestions(aVerdict({ ...is, explanation })).map(({ item }) => item);
};

it('asks who it is about only where no paper says it', () => {
  expect(itemsOf([])).not.toContain('insured_number');
  expect(itemsOf([], [], { insured_number: null, city: null })).toEqual(
    expect.arrayContaining(['insured_number', 'insurer_number']),
  );
});

it('asks for the number of the insurer where the city is known by an address alone', () => {
  const findings = [
    fileFinding('F_PACKET_UNKNOWN_INSURER', 'review', { file: 'a.pdf' }, '住所から審査しました。', ''),
  ];
  expect(itemsOf([], [], { findings })).toContain('insurer_number');
  expect(itemsOf([])).not.toContain('insurer_number');
});

it('asks for the reason, the category before and the route until a document shows them', () => {
  expect(itemsOf([])).toEqual(expect.arrayContaining(['event', 'previous_category', 'provider_route']));
  expect(itemsOf([fact('event'), fact('provider_route')])).toEqual(['service_month', 'previous_category']);
});

it('asks for what a rule waits for, except what the desk or the city settles, or what has parts', () => {
  const items = itemsOf([], ['flags.contacted_hokatsu', 'category', 'config.start_day', 'services_actual']);
  expect(items).toContain('flags.contacted_hokatsu');
  expect(items).not.toContain('category');
  expect(items).not.toContain('config.start_day');
  expect(items).not.toContain('services_actual');
});

it('lets what was stated before be corrected', () => {
  const stated = fact('new_user', {
    state: 'assumed',
    evidence: [{ source: 'cover', where: { file: 'packet.json' }, raw: 'true' }],
  });
  expect(itemsOf([stated])).toContain('new_user');
});
