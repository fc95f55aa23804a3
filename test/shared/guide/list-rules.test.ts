import { describe, expect, it } from 'vitest';
import { listRules } from '../../../shared/guide/list-rules.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';

describe('the rules in force', () => {
  it.each(cityKeys())('are listed with citation and in the words of people: %s', (city) => {
    const rules = listRules(city, '2026-05');
    expect(rules.length).toBeGreaterThan(10);
    for (const one of rules) {
      expect(one.citation.title && one.citation.place, one.rule).toBeTruthy();
      expect(`${one.when}${one.unless}`, one.rule).not.toMatch(/flags\.|undefined|\[object/);
    }
    expect(JSON.stringify(rules).length).toBeLessThan(300_000);
  });

  it('follow the service month, the rules of the city before the national ones', () => {
    const rules = listRules('nobeoka', '2024-05');
    expect(rules.every(({ from, to }) => from <= '2024-05-01' && (to === null || to >= '2024-05-01'))).toBe(
      true,
    );
    expect(rules[0]?.scope).toBe('city');
    expect(rules.at(-1)).toMatchObject({
      scope: 'national',
      why_not_waivable: expect.stringContaining('国の決まり'),
    });
  });
});
