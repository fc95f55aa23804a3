import { describe, expect, it } from 'vitest';
import { answersAbout } from '../../../functions/api/review-answers.ts';
import { findingKey } from '../../../shared/findings/finding.ts';
import type { RecordContext } from '../../../shared/records/store/record-context.ts';
import { reviewItem } from '../../../shared/records/views/review-item.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';

const DIGEST = 'd'.repeat(64);
const reading = (field: string, label: string, ...values: string[]) => ({
  ...{ field, label, values, digest: DIGEST, where: { file: '被保険者証.png', page: 1 } },
});
const unread = aFinding({
  code: 'F_FILE_OCR',
  severity: 'review',
  rule: null,
  readings: [
    reading('insured_number', '被保険者番号', '0000000101'),
    reading('cert_valid_to', '認定有効期間の終わり', '2024-06-30'),
    reading('certification', '要介護状態区分', '要支援1'),
    reading('unit_count', '単位数', '442', '4422'),
    reading('keika_center_contact', '包括への連絡の記載', 'はい'),
    reading('service_planned', '予定のサービス', '介護予防訪問看護 630000'),
  ],
});
const answered = aFinding({ severity: 'info', answered: { on: '2024-06-01', remembered: false } });
const verdict = aVerdict({ decision: 'review', findings: [unread, answered] });
const item = reviewItem(aDecided({ decision: 'review', review_due: '2024-07-01' }), verdict);
const records = { results: { readVerdict: async () => verdict } } as unknown as RecordContext;

type Answers = Parameters<typeof answersAbout>[2];
const ask = (...answers: Answers) => answersAbout(records, item, answers);
const read = (field: string, read: string, value: string, digest = DIGEST) =>
  ask({ kind: 'reading', digest, field, read, value });
const found = (key: string) => ask({ kind: 'finding', key, holds: true, remember: false });

describe('an answer of a reviewer', () => {
  it.each([
    ['insured_number', '0000000101', '0000000110'],
    ['insured_number', '0000000101', '0000000101'],
    ['cert_valid_to', '2024-06-30', '2024-07-31'],
    ['certification', '要支援1', '要支援2'],
    ['unit_count', '442', '472'],
    ['keika_center_contact', 'はい', 'いいえ'],
    ['service_planned', '*', '*'],
  ])('may give %s, read as %s, the value %s', async (field, was, value) => {
    expect(await read(field, was, value)).toMatchObject([{ field, value }]);
  });

  it.each([
    ['insured_number', '0000000101', '999', '10桁の番号'],
    ['cert_valid_to', '2024-06-30', '2024-06-31', '暦にある日付'],
    ['certification', '要支援1', '要支援9', 'のどれかを'],
    ['unit_count', '442', '四百', '数字だけを'],
    ['keika_center_contact', 'はい', 'たぶん', '「はい」か「いいえ」'],
    ['service_planned', '介護予防訪問看護 630000', '訪問', '直すことはできません'],
    ['insured_number', '0000000199', '0000000110', 'read に書けるのは 0000000101 か *'],
    ['insured_number', '0000000101', '*', 'read と value の両方に'],
  ])('may not give %s, read as %s, the value %s', async (field, was, value, sentence) => {
    await expect(read(field, was, value)).rejects.toThrow(sentence);
  });

  it.each(['__proto__', 'nosuchfield', 'name'])(
    'is refused for the field %s, which the item does not ask',
    async (field) => {
      await expect(read(field, '*', '*')).rejects.toThrow(
        `被保険者番号 (insured_number、被保険者証.png ${DIGEST})`,
      );
    },
  );

  it('is refused for a file that is not of the item', async () => {
    const other = 'e'.repeat(64);
    await expect(read('insured_number', '*', '*', other)).rejects.toThrow(other);
  });

  it('is about a finding of the packet, also one that was answered before', async () => {
    await found(findingKey(unread));
    await found(findingKey(answered));
    await expect(found('f'.repeat(32))).rejects.toThrow(`${findingKey(unread)} (F_FILE_OCR)`);
  });

  it('is refused in the item of a paper that has not come', async () => {
    const overdue = answersAbout(records, { ...item, about_packet: 'p1' }, []);
    await expect(overdue).rejects.toThrow('その書類一式の確認に');
  });
});
