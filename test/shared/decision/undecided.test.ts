import { expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import { undecided } from '../../../shared/decision/undecided.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { fileFinding } from '../../../shared/findings/finding.ts';
import { decideGiven } from '../../builders/decide-given.ts';

const asked = (given: Given): string | undefined =>
  undecided(decideGiven('mito', given), factsFromGiven(given))[0]?.message;
const month: Given = { service_month: '2024-06', event: 'new', provider_route: 'itaku' };
const services: Given['services_actual'] = [{ name: '通所型サービス', class: 'sogo' }];

it('names what could not be read of a month without a category', () => {
  expect(asked(month)).toContain('認定（要支援1・2、事業対象者の別）、使ったサービス');
});

it('reports that a person has no certification', () => {
  expect(asked({ ...month, certification: 'none', services_actual: services })).toBe(
    'この月の区分を決められません。要支援の認定も事業対象者の登録もないとされています。',
  );
});

it('reports nothing on a month with a category', () => {
  expect(asked({ ...month, certification: '事業対象者', services_actual: services })).toBeUndefined();
});

it('names a service whose count is negative, and asks for no class', () => {
  const uncounted = [{ name: '介護予防訪問看護', class: 'unknown' as const, uncounted: true }];
  const message = asked({ ...month, certification: '要支援1', services_actual: uncounted });
  expect(message).toContain('「介護予防訪問看護」を使ったかどうか（回数が負の数）');
  expect(message).not.toContain('予防給付か総合事業か');
});

it('says nothing of a negative count that the papers are already told of, unless more is missing', () => {
  const uncounted = [{ name: '介護予防訪問看護', class: 'unknown' as const, uncounted: true }];
  const told = [fileFinding('F_CSV_VALUE', 'warn', {}, '「-1」は負の数です', '直してください')];
  const openIn = (given: Given) =>
    undecided(decideGiven('mito', given), factsFromGiven(given), told).map(({ message }) => message);
  expect(openIn({ ...month, certification: '要支援1', services_actual: uncounted })).toEqual([]);
  expect(openIn({ ...month, services_actual: uncounted })).toEqual([expect.stringContaining('認定')]);
});

it('tells why the registry leaves the route open', () => {
  const nursing: Given = {
    ...month,
    certification: '要支援1',
    provider_route: null,
    services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
  };
  expect(asked({ ...nursing, office_designated_yobo_shien: false })).toContain('委託もありません');
  expect(asked({ ...nursing, office_designated_yobo_shien: true })).toContain('どちらもありえます');
  expect(asked(nursing)).not.toContain('登録簿');
});
