import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../shared/facts/collect/read-records.ts';
import { aDocument, anOcrReading, readingsOf } from '../../../builders/a-document.ts';

const read = (...documents: Parameters<typeof readingsOf>) =>
  new Map(readRecords({ readings: readingsOf(...documents) }).facts.map((f) => [f.path, f]));

describe('readRecords', () => {
  it('finds nothing in no record', () => {
    expect(read().size).toBe(0);
  });

  it('knows a 利用票 with one stamp as stamped', () => {
    const stamp = (value: boolean) => aDocument({ kind: 'riyohyo' }, [['stamped', value]]);
    expect(read(stamp(false), stamp(true)).get('flags.riyohyo_stamped')?.value).toBe(true);
    expect(read(stamp(false)).get('flags.riyohyo_stamped')).toMatchObject({ state: 'known', value: false });
  });

  it('leaves two results of the evaluation open', () => {
    const result = (value: string) => aDocument({ kind: 'hyokahyo' }, [['hyoka_result', value]]);
    expect(read(result('継続'), result('終了')).get('flags.hyoka_result')?.state).toBe('conflicting');
  });

  it('assumes a visit only OCR shows', () => {
    const scanned = aDocument({ readings: [anOcrReading('assessment_home_visit', true)] });
    expect(read(scanned).get('flags.assessment_home_visit')).toMatchObject({ state: 'assumed', value: true });
  });

  it('reads answers of the checklist as scores', () => {
    const list = aDocument({ kind: 'kihon_checklist' }, [
      ['checklist_answer', '1=0'],
      ['checklist_answer', '25=1'],
    ]);
    expect(read(list).get('checklist_answers')?.value).toEqual({ '1': 0, '25': 1 });
  });
});
