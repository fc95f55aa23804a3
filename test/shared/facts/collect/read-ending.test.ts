import { describe, expect, it } from 'vitest';
import { readEnding } from '../../../../shared/facts/collect/read-ending.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { anIdentity } from '../../../builders/some-facts.ts';

const read = (...entries: string[]) =>
  Object.fromEntries(
    readEnding({
      readings: readingsOf(
        aDocument(
          { kind: 'keika_kiroku' },
          entries.map((entry) => ['ended_entry', entry]),
        ),
      ),
      identity: anIdentity({}, '2024-05'),
    }).facts.map(({ path, value }) => [path, value]),
  );

describe('readEnding', () => {
  it('finds nothing in no record, and nothing in a record of another month', () => {
    expect(read()).toEqual({});
    expect(read('2024-03-20 hospital', '2024-06-01 moved')).toEqual({});
  });

  it('takes the last entry of the month', () => {
    expect(read('2024-05-20 death', '2024-05-11 hospital')).toEqual({
      'flags.ended_by': 'death',
      'dates.ended': '2024-05-20',
    });
  });

  it('takes a death of an earlier month', () => {
    expect(read('2024-04-20 death')['dates.ended']).toBe('2024-04-20');
  });

  it('takes a reason without a day', () => {
    expect(read('not_needed')).toEqual({ 'flags.ended_by': 'not_needed' });
  });
});
