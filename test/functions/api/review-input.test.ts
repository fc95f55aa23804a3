import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../functions/api/review-input.ts';

const answer = (path: string, value: unknown) => readAnswers({ answers: [{ kind: 'fact', path, value }] });

describe('answers of a reviewer', () => {
  it('are given to facts of the vocabulary', () => {
    expect(answer('new_user', 'はい').answers).toMatchObject([{ path: 'new_user', value: true }]);
  });

  it.each(['constructor', '__proto__', 'toString', 'banana', 'flags.banana', ''])(
    'are refused for %j, which is none',
    (path) => {
      expect(() => answer(path, true)).toThrow(/[ぁ-ん]/);
    },
  );
});
