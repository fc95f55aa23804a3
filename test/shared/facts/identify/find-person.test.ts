import { describe, expect, it } from 'vitest';
import { findPerson } from '../../../../shared/facts/identify/find-person.ts';
import { aDocument, anOcrReading, readingsOf } from '../../../builders/a-document.ts';

const card = (number: string, name: string, file = 'a.csv') =>
  aDocument({ file }, [
    ['insured_number', number],
    ['name', name],
  ]);
const codes = (result: ReturnType<typeof findPerson>) => result.findings.map((f) => f.code);

describe('findPerson', () => {
  it('returns number and name of the documents', () => {
    const person = findPerson(readingsOf(card('0000000101', '見本 花子')), {});
    expect(person).toEqual({ number: '0000000101', name: '見本 花子', findings: [] });
  });

  it('falls back to the cover', () => {
    const person = findPerson(readingsOf(), { insured_number: '0000000101', name: '見本 花子' });
    expect(person).toEqual({ number: '0000000101', name: '見本 花子', findings: [] });
  });

  it('falls back to OCR before the cover', () => {
    const scanned = aDocument({ readings: [anOcrReading('insured_number', '0000000102')] });
    expect(findPerson(readingsOf(scanned), { insured_number: '0000000101' }).number).toBe('0000000102');
  });

  it('reports that no source names a person', () => {
    const person = findPerson(readingsOf(), {});
    expect(person.number).toBeNull();
    expect(codes(person)).toEqual(['F_PACKET_NO_PERSON']);
  });

  it('chooses neither of two persons, and names files, not numbers', () => {
    const person = findPerson(
      readingsOf(card('0000000101', '見本 花子'), card('0000000202', '例示 太郎', 'b.csv')),
      {},
    );
    expect(person).toMatchObject({ number: null, name: null });
    expect(codes(person)).toEqual(['F_PACKET_TWO_PERSONS']);
    expect(person.findings[0]?.message).toContain('a.csv、b.csv');
    expect(person.findings[0]?.message).not.toContain('0000000202');
  });

  it('reports two names under one number', () => {
    const person = findPerson(
      readingsOf(card('0000000101', '見本 花子'), card('0000000101', '見本 華子')),
      {},
    );
    expect(codes(person)).toEqual(['F_FACT_NAME']);
  });

  it('takes names that differ in width and spaces for one', () => {
    const person = findPerson(readingsOf(card('0000000101', '見本 花子')), { name: '見本　花子' });
    expect(person.findings).toEqual([]);
  });

  it('reports a cover that names another person', () => {
    const cover = { insured_number: '0000000999', name: '例示 太郎' };
    const person = findPerson(readingsOf(card('0000000101', '見本 花子')), cover);
    expect(person.number).toBe('0000000101');
    expect(codes(person)).toEqual(['F_FACT_CONFLICT', 'F_FACT_CONFLICT']);
  });
});
