import { expect, it } from 'vitest';
import { judgeEntries } from '../../../builders/judge-entries.ts';

const itaku = ['yobo_shien_itaku'];
const entries = [
  { template: 'fee', category: itaku, units: 442 },
  { template: 'fee', category: itaku, share: 0.9 },
  { template: 'fee', category: ['yobo_cm_itaku'], yen: 'config.amount' },
];
const fees = (category: 'yobo_shien_itaku' | 'yobo_cm_itaku', service_month?: string, options = {}) =>
  judgeEntries(entries, { category, ...(service_month && { service_month }) }, options).map(
    ({ result }) => result.contributes.fee,
  );

it('gives the units of the category and the share of commissioned work', () => {
  expect(fees('yobo_shien_itaku', '2024-06')).toMatchObject([{ units: 442 }, { share: 0.9 }, undefined]);
});

it('gives the amount in yen once the city has settled it', () => {
  expect(fees('yobo_cm_itaku', '2024-06')[2]).toEqual({ yen: null });
  const configuration = { amount: { value: 4000, summary: '額', place: '第3条' } };
  expect(fees('yobo_cm_itaku', '2024-06', { configuration })[2]).toEqual({ yen: 4000 });
});

it('gives nothing without a service month', () => {
  expect(fees('yobo_shien_itaku')).toEqual([undefined, undefined, undefined]);
});

it('mentions a value no official source confirms', () => {
  const [fee] = judgeEntries([{ ...entries[0]!, grade: 'C' }], {
    category: 'yobo_shien_itaku',
    service_month: '2024-06',
  });
  expect(fee!.result.contributes.fee?.caveat).toContain('公式の資料で確認できていない');
});
