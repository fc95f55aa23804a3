import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../functions/api/review-input.ts';
import { factLabel } from '../../../shared/vocabulary/fact-labels.ts';

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

  it.each(['category', 'is_switch', 'expected_units', 'rival_offices'])(
    'are refused for %s, which only follows from other facts',
    (path) => {
      expect(() => answer(path, true)).toThrow(
        `「${factLabel(path)}」は、ほかの項目から受付が決めるため、答えられません`,
      );
    },
  );

  it.each([
    ['services_actual', [{ name: '訪問型サービス', banana: 1 }], '書けるのは name、class、code、office です'],
    ['history', [{ month: '2024-05', notification: { banana: 1 } }], '書けるのは kind、to、date'],
    ['monitoring', [{ month: '2024-05', __proto__2: true }], '書けるのは month、visit'],
  ])('are refused where an entry of %s has an item it may not have', (path, value, sentence) => {
    expect(() => answer(path, value)).toThrow(sentence);
  });
});
