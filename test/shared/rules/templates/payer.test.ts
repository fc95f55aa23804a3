import { expect, it } from 'vitest';
import { judgeEntries, VIOLATION } from '../../../builders/judge-entries.ts';

const category = ['yobo_shien_direct'];
const entries = [
  { template: 'payer', category, payer: 'undetermined', claimant: null },
  { template: 'payer', category, payer: 'kokuhoren', claimant: 'kyotaku_office', violation: VIOLATION },
];
const judged = (flags: Record<string, string>) =>
  judgeEntries(entries, { category: 'yobo_shien_direct', flags }).map(({ result }) => result);

it('takes the last rule that holds', () => {
  const [first, last] = judged({});
  expect([first!.status, last!.contributes.payer]).toEqual([
    'not_applicable',
    { payer: 'kokuhoren', claimant: 'kyotaku_office' },
  ]);
});

it('is satisfied by the right claim and violated by another payer or claimant', () => {
  expect(judged({ claimed_payer: 'kokuhoren', claimant: 'kyotaku_office' })[1]!.status).toBe('satisfied');
  expect(judged({ claimed_payer: 'mito_city' })[1]!.status).toBe('violated');
  expect(judged({ claimant: 'hokatsu_center' })[1]!.status).toBe('violated');
});

it('leaves a payer the city has not named undetermined', () => {
  const open = { template: 'payer', category, payer: 'config.payer', claimant: null };
  const [payer] = judgeEntries([open], { category: 'yobo_shien_direct' });
  expect(payer!.result.contributes.payer?.payer).toBe('undetermined');
});
