import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWaivers } from '../../../../shared/records/events/read-waivers.ts';
import { endWaiver, grantWaiver } from '../../../../shared/records/steps/record-waiver.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords('2026-06-12T01:00:00.000Z');
});
afterAll(() => records.stop());

const actor = { by: 'sub-1', role: 'city' };
const asked = {
  ...{ city: 'mito', rule: 'MIT-R13', office: null, from: '2026-06-01', until: '2026-07-31' },
  ...{ approver: '高齢福祉課長', reason: '大雨のため' },
};

it('is recorded with who entered it, and ends once, with the day of its end', async () => {
  const { id } = await grantWaiver(records, asked, actor);
  await grantWaiver(records, { ...asked, city: 'iwaki', rule: 'IWK-R10' }, actor);
  expect(await readWaivers(records.store, 'mito')).toMatchObject([{ id, ...asked, ended: null }]);
  const end = { city: 'mito', id, reason: '復旧した' };
  expect(await endWaiver(records, end, actor)).toMatchObject({
    until: '2026-06-12',
    ended: { reason: '復旧した' },
  });
  await endWaiver(records, { ...end, reason: '二度目' }, actor);
  expect(await readWaivers(records.store, 'mito')).toMatchObject([{ ended: { reason: '復旧した' } }]);
});

it('is ended by no other city', async () => {
  const { id } = await grantWaiver(records, asked, actor);
  expect(await endWaiver(records, { city: 'iwaki', id, reason: 'x' }, actor)).toBeNull();
});
