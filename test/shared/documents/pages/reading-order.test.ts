import { expect, it } from 'vitest';
import { inReadingOrder } from '../../../../shared/documents/pages/reading-order.ts';

it('turns words that run from right to left, and their order', () => {
  expect(inReadingOrder('דג בא')).toBe('אב גד');
});

it('leaves digits and other letters as they are', () => {
  expect(inReadingOrder('氏名 ABC')).toBe('氏名 ABC');
  expect(inReadingOrder('氏名 山田太郎 בא')).toBe('氏名 山田太郎 אב');
});
