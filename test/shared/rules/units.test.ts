import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { codesOf, decideGiven } from '../../builders/decide-given.ts';

const month = (more: Given): Given => ({
  service_month: '2024-06',
  event: 'new',
  certification: '要支援1',
  services_planned: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
  ...more,
});

describe('yen of a month, cut off below one (級地 prices)', () => {
  it.each([
    ['1級地', 11.4, 5038, 5380, 8458, 8800],
    ['2級地', 11.12, 4915, 5248, 8251, 8584],
    ['3級地', 11.05, 4884, 5215, 8199, 8530],
    ['4級地', 10.84, 4791, 5116, 8043, 8368],
    ['5級地', 10.7, 4729, 5050, 7939, 8260],
    ['6級地', 10.42, 4605, 4918, 7731, 8044],
    ['7級地', 10.21, 4512, 4819, 7575, 7882],
    ['その他', 10, 4420, 4720, 7420, 7720],
  ])('%s at %d yen', (_, unit_price, center, direct, centerFirst, directFirst) => {
    const yen = (provider_route: 'center' | 'direct', addons_claimed: string[]): number | null =>
      decideGiven('mito', month({ provider_route, unit_price, addons_claimed }), { rules: ['NAT-221'] }).yen;
    expect([
      yen('center', []),
      yen('direct', []),
      yen('center', ['shokai']),
      yen('direct', ['shokai']),
    ]).toEqual([center, direct, centerFirst, directFirst]);
  });

  it('loses no yen to binary fractions, whatever the price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1200 }), (hundredths) => {
        const decision = decideGiven(
          'mito',
          month({ provider_route: 'direct', unit_price: hundredths / 100 }),
          { rules: [] },
        );
        expect(decision.yen).toBe(Number((472n * BigInt(hundredths)) / 100n));
      }),
      { numRuns: 60 },
    );
  });

  it('says no yen without a price', () => {
    expect(decideGiven('mito', month({ provider_route: 'direct' }), { rules: [] }).yen).toBe(null);
  });
});

describe('units', () => {
  const total = (more: Given, rules: string[]): number | null =>
    decideGiven('mito', month({ provider_route: 'direct', ...more }), { rules }).total_units;
  const flags = { tokubetsu_chiiki_area: true, chusankan_shokibo_area: true, chusankan_teikyo_area: true };

  it.each([
    [['tokubetsu_chiiki'], 543],
    [['chusankan_shokibo'], 519],
    [['chusankan_teikyo'], 496],
    [['tokubetsu_chiiki', 'chusankan_teikyo'], 567],
    [['tokubetsu_chiiki', 'chusankan_shokibo', 'chusankan_teikyo'], 614],
  ])('rounds each ratio of 472 by itself: %j make %i', (addons_claimed, units) => {
    expect(total({ addons_claimed, flags }, ['NAT-225'])).toBe(units);
  });

  it.each([
    [['gyakutai_boshi_miso'], 467],
    [['bcp_misakutei'], 467],
    [['gyakutai_boshi_miso', 'bcp_misakutei'], 462],
  ])('takes each reduction from the base: %j leave %i', (reductions, units) => {
    expect(total({ reductions }, [])).toBe(units);
  });

  it('multiplies the add-on for staff pay last, on the sum of add-ons and reductions', () => {
    const given = {
      service_month: '2026-06',
      addons_claimed: ['shogu_kaizen', 'tokubetsu_chiiki'],
      reductions: ['gyakutai_boshi_miso'],
      flags,
    };
    // 472 + 71 − 5 = 538; 538 × 0.021 = 11.298 → 11
    expect(total(given, ['NAT-219', 'NAT-225'])).toBe(549);
  });

  it.each([
    ['2026-05', 472, ['F_ADDON_NOT_ALLOWED/error']],
    ['2026-06', 482, []],
  ])('allows it from June 2026 on: %s', (service_month, units, codes) => {
    const given = month({ provider_route: 'direct', service_month, addons_claimed: ['shogu_kaizen'] });
    const decision = decideGiven('mito', given, { rules: ['NAT-219', 'NAT-220'] });
    expect([decision.total_units, codesOf(decision)]).toEqual([units, codes]);
  });

  it('tells which of the values used are not confirmed by an official source', () => {
    const unconfirmed = decideGiven(
      'mito',
      month({ provider_route: 'direct', reductions: ['bcp_misakutei'] }),
      { rules: [] },
    );
    expect(unconfirmed.explanation.caveats.join()).toContain('業務継続計画未策定減算');
    const official = decideGiven('mito', month({ provider_route: 'direct' }), { rules: [] });
    expect(official.explanation.caveats).toEqual([]);
  });
});

describe('基本チェックリスト', () => {
  const answers = (counting: number[]): Record<string, number> =>
    Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [String(i + 1), counting.includes(i + 1) ? 1 : 0]),
    );
  const rule = loadProfile('national').rules.find((r) => r.template === 'checklist_score');
  const criteria = rule?.template === 'checklist_score' ? rule.criteria : [];
  const codes = (counting: number[]): string[] =>
    codesOf(
      decideGiven(
        'mito',
        month({ certification: '事業対象者', provider_route: 'itaku', checklist_answers: answers(counting) }),
        { rules: ['NAT-401'] },
      ),
    );
  // Spread over the questions so that no other criterion is met on the way.
  const spread: Record<string, number[]> = { 複数の項目に支障: [1, 2, 3, 4, 5, 6, 7, 11, 13, 17] };

  it('has the seven criteria of 様式第２', () => {
    expect(criteria.map((c) => [c.name, c.at_least])).toEqual([
      ['複数の項目に支障', 10],
      ['運動機能の低下', 3],
      ['低栄養', 2],
      ['口腔機能の低下', 2],
      ['閉じこもり', 1],
      ['認知機能の低下', 1],
      ['うつ病の可能性', 2],
    ]);
  });

  it.each(criteria.map((c) => [c.name, c] as const))(
    'makes a 事業対象者 at the limit of %s and not below',
    (name, c) => {
      const met = spread[name] ?? c.questions.slice(0, c.at_least);
      expect(codes(met)).toEqual([]);
      expect(codes(met.slice(1))).toEqual(['F_NOT_ELIGIBLE/error']);
    },
  );
});
