import { describe, expect, it } from 'vitest';
import * as wareki from '../../shared/calendar/wareki.ts';
import * as normalise from '../../shared/text/normalise.ts';

/** Texts that make patterns backtrack: a hundred thousand letters each, at the beginning, in the middle and at the end. */
const TOKENS = [
  ' ',
  '　',
  '\n',
  '\t',
  '1',
  '1 ',
  'あ',
  '-',
  '令和',
  '令和6年',
  '令和 6 年',
  '~',
  'から',
  '/',
  '1/',
  '2024-',
  '（',
  '□',
  '"',
  '\u200b',
  '\u0300',
  'ｶﾞ',
  'R6.',
];
/** A pattern that restarts at every letter takes hours for all of these, and the test then ends by its time limit. */
const LENGTH = 100_000;

const functions = Object.entries({ ...normalise, ...wareki }).flatMap(([name, read]) =>
  typeof read === 'function' ? [[name, read as (text: string) => unknown] as const] : [],
);

describe.each(functions)('%s', (_, read) => {
  it('reads a long run of the same letters in linear time', () => {
    for (const token of TOKENS) {
      const row = token.repeat(LENGTH / token.length);
      for (const text of [row, `${row}x`, `x${row}`, `令和6年${row}x`]) {
        expect(() => read(text), JSON.stringify(token)).not.toThrow();
      }
    }
  });
});
