import { describe, expect, it } from 'vitest';
import { checkQuery } from '../../../functions/api/query-words.ts';

const NAMES = ['sort', 'kind', 'mine', 'office', 'month', 'after', 'of'] as const;
const messageOf = (given: Record<string, string>): string | null => {
  try {
    checkQuery(given, NAMES);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the parameters of a request', () => {
  it('may be words of their list, empty, or left out', () => {
    const allowed: Record<string, string>[] = [
      {},
      { sort: 'office', kind: '', mine: '1', office: '0870100013', month: '2024-05' },
    ];
    for (const given of allowed) expect(messageOf(given)).toBeNull();
    expect(messageOf({ month: 'unknown', of: 'cases', after: 'eyJ4IjoxfQ' })).toBeNull();
  });

  it.each(['banana', 'constructor', '__proto__', 'toString', 'due_date '])(
    'are refused with the list where a word is on none: %s',
    (word) => {
      expect(messageOf({ sort: word })).toContain('sort は due_date、');
      expect(messageOf({ kind: word })).toContain('kind は review、');
    },
  );

  it('are refused where they are no month, no office, or too long', () => {
    expect(messageOf({ month: '2024-13' })).toContain('2024-05 のような月');
    expect(messageOf({ office: '%' })).toContain('10桁の事業所番号');
    expect(messageOf({ of: 'x'.repeat(1001) })).toContain('長すぎます');
    // Who reads a cursor answers a wrong one, long or not.
    expect(messageOf({ after: 'x'.repeat(1001) })).toBeNull();
  });

  it.each(['format', 'constructor', '__proto__', 'x'])(
    'are refused under a name of another route: %s',
    (name) => {
      expect(messageOf(JSON.parse(`{"${name}":"1"}`))).toContain('指定できるのは sort、kind');
    },
  );
});
