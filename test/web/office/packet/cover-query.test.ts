import { expect, it } from 'vitest';
import { itemOf, withItem } from '../../../../web/office/packet/cover-query.ts';

const WRITTEN = { event: 'new', flags: { contacted_hokatsu: true } };

it('reads and writes an item, also as a member of its group, and keeps the others', () => {
  expect(itemOf(WRITTEN, 'event')).toBe('new');
  expect(itemOf(WRITTEN, 'flags.contacted_hokatsu')).toBe(true);
  expect(itemOf(WRITTEN, 'dates.ended')).toBeUndefined();
  expect(withItem(WRITTEN, 'flags.user_area', 'area-1')).toEqual({
    event: 'new',
    flags: { contacted_hokatsu: true, user_area: 'area-1' },
  });
  expect(withItem(WRITTEN, 'dates.ended', '2024-05-31')).toEqual({
    ...WRITTEN,
    dates: { ended: '2024-05-31' },
  });
});
