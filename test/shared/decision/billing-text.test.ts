import { expect, it } from 'vitest';
import { claimText, commissionText } from '../../../shared/decision/billing-text.ts';
import type { Commission } from '../../../shared/decision/verdict.ts';

const claim = { claimant: 'hokatsu_center', payer: 'kokuhoren', base_units: 442, units: 442, yen: null };
const commission: Commission = {
  from: 'hokatsu_center',
  to: 'kyotaku_office',
  share: 0.9,
  units: 397.8,
  yen: null,
  citation: { title: '資料', place: 'Q8⑵' },
};

it('names who claims, of whom, and how much', () => {
  expect(claimText(claim, 'iwaki')).toBe('地域包括支援センターが国保連に請求 442単位');
  expect(claimText({ ...claim, yen: 4420 }, 'iwaki')).toContain('4,420円');
});

it('calls the center what the city calls it', () => {
  expect(claimText(claim, 'kumamoto')).toContain('ささえりあが国保連に請求');
});

it('never lets the share of an office look like claimed units', () => {
  const text = commissionText(commission, 'iwaki');
  expect(text).toBe(
    '地域包括支援センターから居宅介護支援事業所へ 請求する単位数の0.9倍（397.8単位に当たる目安。端数と加算の扱いは定めがなく、請求する単位数ではない）',
  );
  expect(claimText(claim, 'iwaki')).not.toContain('397.8');
});

it('says where the amount comes from when the source gives none, and who pays when it names nobody', () => {
  const open = { ...commission, share: null, units: null };
  expect(commissionText({ ...open, from: 'mito_city', yen: 4500 }, 'mito')).toBe(
    '水戸市から居宅介護支援事業所へ 4,500円',
  );
  expect(commissionText({ ...open, from: 'undetermined' }, 'okayama')).toBe(
    '居宅介護支援事業所へ 額は委託契約または市の定めによる（支払う者は資料から定まらず、市が定める）',
  );
});
