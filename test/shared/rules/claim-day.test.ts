import { expect, it } from 'vitest';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { claimDay } from '../../../shared/rules/claim-day.ts';
import { editionOn } from '../../../shared/rules/profile.ts';

it.each(cityKeys())('is the day of the rule in force in %s, in the month after the service', (city) => {
  const days = editionOn(city, '2025-12').rules.flatMap((rule) =>
    rule.template === 'deadline' && rule.done === 'dates.claim_submitted' && rule.start === 'service_month'
      ? [Number(rule.day_of_next_month)]
      : [],
  );
  const day = claimDay(city, '2025-12');
  expect(day?.slice(0, 8)).toBe('2026-01-');
  expect(days).toContain(Number(day?.slice(8)));
});

it('is none of no city and of no month', () => {
  expect(claimDay('_unknown', '2025-12')).toBeNull();
  expect(claimDay('mito', 'unknown')).toBeNull();
});
