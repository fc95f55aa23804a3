import { expect, it } from 'vitest';
import { decideCase } from '../../../../shared/decision/decide-case.ts';
import { joinInvolvements } from '../../../../shared/decision/fold/involvement.ts';

const plan = {
  service_month: '2024-09',
  event: 'plan_renewed',
  certification: '要支援1',
  services_planned: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' as const }],
  provider_route: 'direct' as const,
  dates: { received: '2024-09-03' },
};

it('names every reason, by the day of the one that has a day', () => {
  const given = { ...plan, flags: { joint_visit_requested: true } };
  const { involvement } = decideCase({ id: 'a', city: 'kumamoto', given });
  expect(involvement).toMatchObject({ rule: 'KMM-R02', due: '2024-09-17' });
  expect(involvement?.after_advice?.document).toBe('shien_keikakusho_final');
  expect(involvement?.reason).toContain('ケアプラン等の検証');
  expect(involvement?.reason).toContain('自宅訪問への同行を求めている');
});

it('involves the center of an accepted month for a joint visit alone, and not without one', () => {
  const monitoring = { ...plan, event: 'monitoring', dates: {} };
  const asked = decideCase({
    id: 'b',
    city: 'kumamoto',
    given: { ...monitoring, flags: { joint_visit_requested: true } },
  });
  expect(asked.decision).toBe('accept');
  expect(asked.involvement).toMatchObject({ rule: 'KMM-R18', due: null });
  expect(decideCase({ id: 'c', city: 'kumamoto', given: monitoring }).involvement).toBeNull();
});

it('takes the earliest of several days', () => {
  const both = joinInvolvements([
    { rule: 'A', due: '2024-09-17', reason: '甲' },
    { rule: 'B', due: '2024-09-10', reason: '乙' },
  ]);
  expect(both).toEqual({ rule: 'A', due: '2024-09-10', reason: '甲。乙' });
});
