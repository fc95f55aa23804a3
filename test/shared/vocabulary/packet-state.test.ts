import { expect, it } from 'vitest';
import { packetState } from '../../../shared/vocabulary/packet-state.ts';

it('follows the decision, then the person who ended the review, then the withdrawal', () => {
  expect(packetState({ decision: 'accept' }, null)).toBe('accepted');
  expect(packetState({ decision: 'return' }, null)).toBe('returned');
  expect(packetState({ decision: 'review' }, null)).toBe('reviewing');
  expect(packetState({ decision: 'review' }, { decision: 'confirmed' })).toBe('accepted');
  expect(packetState({ decision: 'review' }, { decision: 'returned' })).toBe('returned');
  expect(packetState({ decision: 'accept', withdrawn_at: '2026-06-12T00:00:00Z' }, null)).toBe('withdrawn');
});
