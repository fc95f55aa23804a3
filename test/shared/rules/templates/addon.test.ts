import { describe, expect, it } from 'vitest';
import { type Fields, judgeEntries, VIOLATION } from '../../../builders/judge-entries.ts';

const violation = { ...VIOLATION, code: 'F_ADDON_NOT_ALLOWED', message: '{addon}' };
const addons = ['shokai'];
const allow = { template: 'addon', verdict: 'allow', addons, when: { event: ['new'] } };
const deny = { template: 'addon', verdict: 'deny', addons, when: { provider_route: 'center' }, violation };
const unfounded = { template: 'addon', verdict: 'unfounded', addons: ['shokai', 'itaku_renkei'], violation };
const judged = (given: Parameters<typeof judgeEntries>[1], entries: Fields[] = [allow, deny, unfounded]) =>
  judgeEntries(entries, { category: 'yobo_shien_direct', ...given }).map(({ result }) => result);

describe('an add-on that is claimed', () => {
  const claimed = { addons_claimed: ['shokai'] };

  it('is allowed by a rule that allows it', () => {
    const [allowed, , open] = judged({ ...claimed, event: 'new', provider_route: 'direct' });
    expect([allowed!.contributes.addons, open!.status]).toEqual([{ allowed: ['shokai'] }, 'satisfied']);
  });

  it('is denied by a rule that denies it', () => {
    const [, denied, open] = judged({ ...claimed, event: 'claim', provider_route: 'center' });
    expect([denied!.status, denied!.findings.length, open!.status]).toEqual(['violated', 1, 'satisfied']);
  });

  it('is unfounded where no rule does either', () => {
    const [, , open] = judged({ ...claimed, event: 'claim', provider_route: 'direct' });
    expect(open!.contributes.addons).toEqual({ unfounded: ['shokai'] });
  });
});

it('that is not claimed is denied beforehand only where the entry shows it always', () => {
  const given = { provider_route: 'center' } as const;
  expect(judged(given, [deny])[0]!.contributes.addons).toEqual({ denied: [] });
  expect(judged(given, [{ ...deny, always_shown: true }])[0]!.contributes.addons).toEqual({
    denied: ['shokai'],
  });
});

it('has its value only where it counts and the month has units', () => {
  const value = { template: 'addon', verdict: 'value', addons, units: 300 };
  const fee = { template: 'fee', category: ['yobo_shien_direct'], units: 472 };
  const valued = (given: Parameters<typeof judgeEntries>[1]) => judged(given, [allow, value, fee])[1]!;
  const month = { service_month: '2024-06', addons_claimed: ['shokai'] };
  expect(valued({ ...month, event: 'new' }).contributes.addons).toMatchObject({ value: { units: 300 } });
  expect(valued({ ...month, event: 'claim' }).status).toBe('not_applicable');
  expect(valued({ addons_claimed: ['shokai'], event: 'new' }).status).toBe('not_applicable');
});

it('is not judged in a month that is not permitted', () => {
  const [, denied] = judged({
    category: 'not_permitted',
    addons_claimed: ['shokai'],
    provider_route: 'center',
  });
  expect(denied!.status).toBe('not_applicable');
});
