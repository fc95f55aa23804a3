import { expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import { undecided } from '../../../shared/decision/undecided.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
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
