import { describe, expect, it } from 'vitest';
import { latestFact, readFact } from '../../../shared/facts/make-fact.ts';
import { aDocument, anOcrReading, aReading, readingsOf } from '../../builders/a-document.ts';

describe('readFact', () => {
  it('is nothing without a reading', () => {
    expect(readFact('certification', [])).toBeUndefined();
    expect(readFact('flags.no_service_used', [], true)).toBeUndefined();
  });

  it('is known when certain readings agree, whatever OCR shows', () => {
    const readings = [aReading('certification', '要支援1'), anOcrReading('certification', '要支援2')];
    const fact = readFact('certification', readings);
    expect(fact).toMatchObject({ state: 'known', value: '要支援1' });
    expect(fact?.evidence).toHaveLength(2);
  });

  it('is conflicting when they disagree, and has no value', () => {
    const readings = [aReading('certification', '要支援1'), aReading('certification', '要支援2')];
    expect(readFact('certification', readings)).toMatchObject({
      state: 'conflicting',
      value: null,
      reason: '要支援1 と 要支援2',
    });
  });

  it('is assumed when only OCR shows it, with the reason', () => {
    expect(readFact('certification', [anOcrReading('certification', '要支援1')])).toMatchObject({
      state: 'assumed',
      value: '要支援1',
      reason: '画像から読み取った値',
    });
  });

  it('takes the value that readings mean together', () => {
    const readings = [aReading('stamped', false), aReading('stamped', true)];
    expect(readFact('flags.riyohyo_stamped', readings, false)).toMatchObject({
      state: 'known',
      value: false,
    });
  });
});

describe('latestFact', () => {
  it('takes the latest date, and is nothing without one', () => {
    const readings = readingsOf(
      aDocument({}, [
        ['plan_created', '2024-04-30'],
        ['plan_created', '2024-03-22'],
      ]),
    );
    expect(latestFact('dates.plan_created', readings, 'plan_created')?.value).toBe('2024-04-30');
    expect(latestFact('dates.plan_created', readingsOf(), 'plan_created')).toBeUndefined();
  });
});
