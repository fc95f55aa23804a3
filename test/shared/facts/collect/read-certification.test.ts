import { describe, expect, it } from 'vitest';
import { readCertification } from '../../../../shared/facts/collect/read-certification.ts';
import { aDocument, anOcrReading, readingsOf } from '../../../builders/a-document.ts';
import { anIdentity } from '../../../builders/some-facts.ts';

const read = (...documents: Parameters<typeof readingsOf>) => {
  const { facts, findings } = readCertification({
    readings: readingsOf(...documents),
    identity: anIdentity({}, '2024-06'),
  });
  return { certification: facts.find((f) => f.path === 'certification'), facts, findings };
};
const card = (value: string) => aDocument({}, [['certification', value]]);

describe('readCertification', () => {
  it('finds nothing in no document', () => {
    expect(read()).toMatchObject({ facts: [], findings: [] });
  });

  it('knows a certification on which the documents agree', () => {
    expect(read(card('要支援1'), card('要支援1')).certification).toMatchObject({
      state: 'known',
      value: '要支援1',
    });
  });

  it('chooses none of two certifications', () => {
    const { certification } = read(card('要支援1'), card('要支援2'));
    expect(certification).toMatchObject({ state: 'conflicting', value: null, reason: '要支援1 と 要支援2' });
  });

  it('assumes what only OCR shows', () => {
    const scanned = aDocument({ readings: [anOcrReading('certification', '要支援1')] });
    expect(read(scanned).certification).toMatchObject({ state: 'assumed', value: '要支援1' });
  });

  it('takes 非該当 beside a certification for no conflict', () => {
    expect(read(card('none'), card('要支援2'))).toMatchObject({
      certification: { state: 'known', value: '要支援2' },
      findings: [],
    });
  });

  it('takes a person of 非該当 whose checklist applies for 事業対象者', () => {
    const checklist = aDocument({}, [['checklist_result', '該当あり']]);
    expect(read(card('none'), checklist).certification).toMatchObject({
      state: 'known',
      value: '事業対象者',
    });
    expect(read(card('none')).certification).toMatchObject({ value: 'none' });
    expect(read(card('要支援1'), checklist).certification).toMatchObject({ value: '要支援1' });
  });
});
