import { afterAll, beforeAll, expect, it } from 'vitest';
import { StoredOcrTexts } from '../../../functions/ocr/stored-ocr-texts.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

it('gives a text that was stored, and none once its object is lost, so that it is read again', async () => {
  const texts = new StoredOcrTexts(records);
  const text = { digest: 'd1', pages: [] } as unknown as Parameters<typeof texts.put>[0];
  expect(await texts.get('d1')).toBeNull();
  await texts.put(text);
  expect(await texts.get('d1')).toEqual(text);
  records.letters.clear();
  expect(await texts.get('d1')).toBeNull();
  await texts.put(text);
  expect(await texts.get('d1')).toEqual(text);
});
