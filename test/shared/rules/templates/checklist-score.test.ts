import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'checklist_score',
  criteria: [
    { name: '運動', questions: [6, 7, 8], at_least: 2, confirmed: true },
    { name: '外出', questions: [16], at_least: 1, confirmed: true },
  ],
  violation: VIOLATION,
};
const status = (checklist_answers: Record<string, number>): string =>
  judgeEntry(entry, { checklist_answers }).status;

it('is satisfied by one criterion that is met', () => {
  expect(status({ 6: 1, 7: 1, 8: 0, 16: 0 })).toBe('satisfied');
  expect(status({ 16: 1 })).toBe('satisfied');
});

it('is violated where every answer is known and none is met', () => {
  expect(status({ 6: 1, 7: 0, 8: 0, 16: 0 })).toBe('violated');
});

it('cannot tell while an unanswered question could still meet one', () => {
  expect(judgeEntry(entry, { checklist_answers: { 6: 1, 7: 0, 16: 0 } })).toMatchObject({
    status: 'cannot_tell',
    needs: ['checklist_answers.8'],
  });
  expect(judgeEntry(entry, {}).needs).toEqual(['checklist_answers']);
});
