import { expect, it } from 'vitest';
import { describeCondition, describeException } from '../../../shared/guide/describe-condition.ts';

const outside = {
  words: 'この資料の対象でない月',
  any: [{ provider_route: ['itaku', 'center'] }, { category_kind: ['yobo_cm'] }],
};

it('says the words of a condition that has some, alone and among others', () => {
  expect(describeCondition(outside)).toBe('この資料の対象でない月');
  expect(describeException({ any: [outside, { certification: 'none' }] })).toBe(
    'この資料の対象でない月、認定も登録もない人',
  );
});

it('says the same words once', () => {
  const said = { words: '併せて結んでいる場合', 'flags.itaku_contract_together': true };
  const shown = { words: '併せて結んでいる場合', contracts: { has_contract: ['hokatsu_center'] } };
  expect(describeCondition({ provider_route: 'direct', any: [said, shown] })).toBe(
    '直接実施の月で、併せて結んでいる場合',
  );
});

it('joins two short alternatives by または, and numbers others', () => {
  expect(describeCondition({ any: [{ is_switch: true }, { event: ['itaku_to_direct'] }] })).toBe(
    '区分が変わった月、または委託から直接実施への移行のとき',
  );
  expect(describeCondition({ provider_route: 'direct', any: [{ event: ['new'] }, { new_user: true }] })).toBe(
    '直接実施の月で、次のいずれかの場合（①新規のとき、②新規の利用者の場合）',
  );
});

it('names the route before the event, and leaves out what only guards against a missing fact', () => {
  expect(
    describeCondition({
      event: ['new'],
      provider_route: 'direct',
      new_user: { is: true, unknown: true },
      certification: { known: true },
    }),
  ).toBe('直接実施の月で、新規のとき');
});
