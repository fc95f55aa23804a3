import { expect, it } from 'vitest';
import type { CoverQuestion } from '../../../../shared/decision/cover-questions.ts';
import { coverFile, filledCover, isFilled, itemOf } from '../../../../web/office/cover/cover-items.ts';

const WRITTEN = { event: 'new', flags: { contacted_hokatsu: true } };
const question = (item: string, shape: CoverQuestion['shape']): CoverQuestion => ({
  item,
  shape,
  label: item,
  words: [],
});
const QUESTIONS = [
  question('flags.user_area', 'text'),
  question('dates.ended', 'date'),
  question('new_user', 'yes_no'),
];

it('reads an item, also as a member of its group', () => {
  expect(itemOf(WRITTEN, 'event')).toBe('new');
  expect(itemOf(WRITTEN, 'flags.contacted_hokatsu')).toBe(true);
  expect(itemOf(WRITTEN, 'dates.ended')).toBeUndefined();
});

it('fills in what was entered, and keeps the other items', async () => {
  const entered = { 'flags.user_area': ' area-1 ', 'dates.ended': '', new_user: 'no' };
  const filled = filledCover({ questions: QUESTIONS, written: WRITTEN }, entered);
  expect(filled).toEqual({
    event: 'new',
    flags: { contacted_hokatsu: true, user_area: 'area-1' },
    new_user: false,
  });
  expect(JSON.parse(await coverFile(filled).text())).toEqual(filled);
  expect([isFilled(entered), isFilled({ event: ' ' })]).toEqual([true, false]);
});
