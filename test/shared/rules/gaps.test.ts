import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import { undecided } from '../../../shared/decision/undecided.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { codesOf, decideGiven, settle } from '../../builders/decide-given.ts';

// What the sources leave open (profiles/open-questions.yaml): each is the city's configuration or a person's, never a guess.
const folders: string[] = [];
const settled = (city: string, values: Record<string, unknown>): { profiles: string } => {
  const profiles = settle(city, values);
  folders.push(profiles);
  return { profiles };
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const NURSING = { services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' as const }] };
const HELP = { services_actual: [{ name: '通所型サービス', class: 'sogo' as const }] };
const DIRECT = { provider_route: 'direct' as const, office_designated_yobo_shien: true };
const base: Given = { service_month: '2024-09', event: 'continuing', certification: '要支援1' };

describe('1: the first day of a period that no source defines', () => {
  const moved: Given = {
    ...base,
    service_month: '2024-07',
    event: 'itaku_to_direct',
    dates: { designated: '2024-06-01', direct_contract: '2024-07-01' },
  };
  const rules = ['MIT-R06'];

  it('asks a person about the one day on which the two readings differ', () => {
    expect(codesOf(decideGiven('mito', moved, { rules }))).toEqual(['F_DATE_CONVENTION/review']);
  });

  it.each([
    ['excluded', []],
    ['included', ['F_TRANSITION_OVERDUE/review']],
  ])('follows the city that settled it as %s', (start_day, codes) => {
    expect(codesOf(decideGiven('mito', moved, { rules, ...settled('mito', { start_day }) }))).toEqual(codes);
  });

  it.each([
    ['kumamoto', 'KMM-R04', { event: 'new', dates: { received: '2024-09-03', advice: '2024-09-17' } }],
    [
      'okayama',
      'OKY-R35',
      { event: 'new', new_user: true, dates: { plan_fixed: '2024-06-10', submitted: '2024-07-10' } },
    ],
  ] as [string, string, Given][])('asks in %s as well (%s)', (city, rule, more) => {
    const decision = decideGiven(city, { ...base, ...DIRECT, ...NURSING, ...more }, { rules: [rule] });
    expect(codesOf(decision)).toEqual(['F_DATE_CONVENTION/review']);
  });

  it('refuses an unknown reading of the first day', () => {
    expect(() => decideGiven('mito', moved, settled('mito', { start_day: '初日算入' }))).toThrow('start_day');
  });
});

it.each(['介護予防ケアマネジメント依頼届出書', 'サービス計画依頼届出書'])(
  '2: takes the title %s in Iwaki and looks at the office in charge instead',
  (form) => {
    const given: Given = {
      ...base,
      ...DIRECT,
      ...NURSING,
      event: 'category_switch',
      previous_category: 'yobo_cm_itaku',
      notification: { form, responsible: 'kyotaku_office', to: 'chiku_hoken_fukushi_center' },
    };
    const rules = ['IWK-R28', 'IWK-R29'];
    expect(decideGiven('iwaki', given, { rules }).decision).toBe('accept');
    const wrong = { ...given, notification: { ...given.notification, responsible: 'hokatsu_center' } };
    expect(codesOf(decideGiven('iwaki', wrong, { rules }))).toContain('F_TODOKE_BODY/error');
  },
);

it('3: reads the slips of Iwaki by sense: Q9 and Q10 mean the 初回加算', () => {
  const given: Given = {
    ...base,
    ...DIRECT,
    ...NURSING,
    event: 'itaku_to_direct',
    addons_claimed: ['shokai'],
  };
  expect(decideGiven('iwaki', given, { rules: ['IWK-R17'] }).addons_allowed).toEqual(['shokai']);
});

describe('4: the commission share of Iwaki', () => {
  const commissioned: Given = { ...base, ...NURSING, provider_route: 'itaku', unit_price: 10 };

  it('is never a claim: no yen, and a claim of it is refused', () => {
    const decision = decideGiven('iwaki', commissioned);
    expect(decision).toMatchObject({
      base_units: 442,
      total_units: 397.8,
      yen: null,
      payer: 'undetermined',
    });
    expect(decision.explanation.caveats.join()).toContain('請求単位数ではありません');
    const claimed = { ...commissioned, flags: { claimed_units: 397.8 } };
    expect(codesOf(decideGiven('iwaki', claimed))).toContain('F_UNITS/error');
    const center = { ...commissioned, flags: { claimed_units: 442 } };
    expect(codesOf(decideGiven('iwaki', center))).not.toContain('F_UNITS/error');
  });

  it('has the payer the city names', () => {
    expect(
      decideGiven('iwaki', commissioned, settled('iwaki', { itaku_payer: 'hokatsu_center' })).payer,
    ).toBe('hokatsu_center');
  });
});

describe('5: the closing day and the fee of Mito', () => {
  const switched: Given = {
    ...base,
    ...HELP,
    service_month: '2024-05',
    event: 'category_switch',
    provider_route: 'itaku',
  };

  it('names neither while the city has not', () => {
    const decision = decideGiven('mito', switched);
    expect(decision.yen).toBe(null);
    expect(decision.deadlines).toEqual([]);
    expect(decision.explanation.would_change.map((w) => w.fact)).toContain('config.jisseki_shimekiri');
  });

  it('names both when the city has', () => {
    const decision = decideGiven(
      'mito',
      switched,
      settled('mito', { jisseki_shimekiri: 5, itakuryo_yen: 4000 }),
    );
    expect(decision.yen).toBe(4000);
    expect(decision.deadlines.map((d) => d.due)).toEqual(['2024-06-05']);
  });
});

it('6: leaves the arrival of an original in Mito to a person', () => {
  const given: Given = { ...base, ...HELP, provider_route: 'itaku', documents: ['care_plan_copy'] };
  const decision = decideGiven('mito', given, { rules: ['MIT-R14', 'MIT-R18'] });
  expect(codesOf(decision)).toContain('F_ORIGINAL_REQUIRED/review');
  expect(decision.checklist.map((c) => c.rule)).toContain('MIT-R18');
});

it.each([
  [null, ['F_TRANSMISSION_UNLISTED/review']],
  [false, ['F_TRANSMISSION_UNLISTED/review']],
  [true, []],
])('6: takes an upload to this desk in Mito as the city settles it: %s', (accepted_portal, codes) => {
  const given: Given = { ...base, ...HELP, provider_route: 'itaku', transmission: 'portal_upload' };
  const rules = ['MIT-R17'];
  expect(codesOf(decideGiven('mito', given, { rules, ...settled('mito', { accepted_portal }) }))).toEqual(
    codes,
  );
});

describe('7: what Okayama left to another document', () => {
  const asked: Given = {
    ...base,
    ...DIRECT,
    ...NURSING,
    service_month: '2024-06',
    event: 'claim',
    dates: { riyusho_submitted: '2024-07-03' },
    flags: { riyusho_requested: true },
  };
  const rules = ['OKY-R51'];

  it.each([
    ['サービス提供月', ['F_CLAIM_LATE/warn']],
    ['請求月', []],
  ])('reads 該当月 as the city settles it: %s', (riyusho_gaitogetsu, codes) => {
    expect(
      codesOf(decideGiven('okayama', asked, { rules, ...settled('okayama', { riyusho_gaitogetsu }) })),
    ).toEqual(codes);
  });

  it('says nothing while the city has not settled it', () => {
    const decision = decideGiven('okayama', asked, {
      rules,
      ...settled('okayama', { riyusho_gaitogetsu: null }),
    });
    expect(codesOf(decision)).toEqual([]);
    expect(decision.explanation.would_change.map((w) => w.fact)).toEqual(['config.riyusho_gaitogetsu']);
  });

  it('tells that commissioned months are not in the source', () => {
    const commissioned: Given = { ...base, ...NURSING, provider_route: 'itaku', event: 'new', documents: [] };
    const decision = decideGiven('okayama', commissioned);
    expect(codesOf(decision)).toContain('F_RULE_NOT_APPLICABLE/info');
    expect(codesOf(decision)).not.toContain('F_DOC_MISSING/error');
  });
});

it('8: does not miss the 総合事業費 papers of a designated office in Okayama', () => {
  const documents = ['seikyusho', 'kaigo_kyufuhi_seikyusho_meisaisho', 'kyufu_kanrihyo'];
  const decision = decideGiven(
    'okayama',
    { ...base, ...DIRECT, ...NURSING, event: 'claim', documents },
    { rules: ['OKY-R50'] },
  );
  expect(decision).toMatchObject({ decision: 'accept', missing_documents: [] });
  expect(decision.optional_documents).toContain('sogo_jigyohi_seikyusho_meisaisho');
});

it('9: asks a person about papers of 第９条 in electronic form, until Nobeoka takes them', () => {
  const given: Given = {
    ...base,
    event: 'plan_period_end',
    certification: '事業対象者',
    cm_type: 'A',
    provider_route: 'center',
    transmission: 'portal_upload',
    documents: ['kihon_checklist'],
  };
  const rules = ['NOB-R79'];
  expect(codesOf(decideGiven('nobeoka', given, { rules }))).toEqual(['F_ORIGINAL_REQUIRED/review']);
  expect(
    codesOf(decideGiven('nobeoka', given, { rules, ...settled('nobeoka', { dai9jo_denshi: true }) })),
  ).toEqual([]);
});

it('10: does not hold a month of 介護予防支援 to the 要綱 of Nobeoka', () => {
  const given: Given = { ...base, ...DIRECT, ...NURSING, event: 'new', documents: [] };
  const spoken = decideGiven('nobeoka', given).findings.filter(
    (f) => f.rule?.startsWith('NOB-') && f.severity === 'error',
  );
  expect(spoken).toEqual([]);
});

it('11: only warns of a late renewal in Nobeoka', () => {
  const given: Given = {
    ...base,
    cm_type: 'A',
    provider_route: 'center',
    event: 'cert_renewal',
    cert_valid_to: '2024-09-30',
    dates: { renewal_applied: '2024-09-29' },
  };
  expect(codesOf(decideGiven('nobeoka', given, { rules: ['NOB-R24'] }))).toEqual(['F_RENEWAL_LATE/warn']);
});

describe('12: the proposal of Kumamoto', () => {
  const plan: Given = { ...base, ...DIRECT, ...NURSING, event: 'plan_renewed' };

  it('is marked provisional in every decision', () => {
    const decision = decideGiven('kumamoto', plan);
    expect(decision.provisional).toBe(true);
    expect(decision.explanation.caveats.join()).toContain('仮の版');
  });

  it('asks the reviewer what an area adds, once the city has configured it', () => {
    const asks = (options = {}): string[] =>
      decideGiven('kumamoto', plan, options)
        .checklist.filter((c) => c.rule === 'KMM-R19')
        .map((c) => c.question);
    expect(asks()).toEqual([]);
    expect(asks(settled('kumamoto', { area_additions: ['服薬の記録'] })).join()).toContain('服薬の記録');
  });
});

describe('13: what Kumamoto does not say', () => {
  const documents = ['riyosha_kihon_joho', 'kihon_checklist', 'shien_keikakusho'];
  const first: Given = { ...base, ...DIRECT, ...NURSING, event: 'new', documents };
  const midterm: Given = { ...first, event: 'plan_changed_midterm', documents: [] };
  const portal: Given = { ...first, transmission: 'portal_upload' };
  const of = (given: Given, rules: string[], values?: Record<string, unknown>): string[] =>
    codesOf(decideGiven('kumamoto', given, { rules, ...(values && settled('kumamoto', values)) }));

  it('whether a first plan needs a 評価表', () => {
    expect(of(first, ['KMM-R12'])).toEqual(['F_SOURCE_AMBIGUOUS/review']);
    expect(of(first, ['KMM-R12'], { first_plan_hyokahyo: true })).toEqual(['F_DOC_MISSING/error']);
    expect(of(first, ['KMM-R12'], { first_plan_hyokahyo: false })).toEqual([]);
  });

  it('whether a change in mid-term is a renewal', () => {
    const rules = ['KMM-R02', 'KMM-R09'];
    expect(of(midterm, rules)).toEqual(['F_SOURCE_AMBIGUOUS/review']);
    expect(of(midterm, rules, { midterm_is_renewal: true })).toEqual(['F_DOC_MISSING/error']);
    expect(of(midterm, rules, { midterm_is_renewal: false })).toEqual([]);
  });

  it('whether this desk is an accepted way of submission', () => {
    expect(of(portal, ['KMM-R15'])).toEqual(['F_TRANSMISSION_UNLISTED/review']);
    expect(of(portal, ['KMM-R15'], { accepted_portal: true })).toEqual([]);
    expect(of(portal, ['KMM-R15'], { accepted_portal: false })).toEqual(['F_TRANSMISSION_UNLISTED/review']);
  });
});

it.each([
  ['okayama', 'OKY-R66', {}],
  ['nobeoka', 'NOB-R45', { ...HELP, cm_type: 'A' }],
] as [string, string, Given][])(
  '14: starts the five years of %s only with a 完結の日 that a person entered',
  (city, rule, more) => {
    const given: Given = { ...base, event: 'retention', ...more };
    expect(decideGiven(city, given, { rules: [rule] }).deadlines).toEqual([]);
    const entered = { ...given, dates: { completed: '2024-03-31' } };
    expect(decideGiven(city, entered, { rules: [rule] }).deadlines.map((d) => d.due)).toEqual(['2029-03-31']);
  },
);

describe.each(['iwaki', 'mito', 'okayama', 'nobeoka', 'kumamoto'])(
  '15: a month no source mentions, in %s',
  (city) => {
    it('gets no category, payer or units when nothing was used, and goes to a person', () => {
      const given: Given = {
        ...base,
        ...DIRECT,
        services_planned: NURSING.services_actual,
        flags: { no_service_used: true },
      };
      const decision = decideGiven(city, given);
      expect(decision).toMatchObject({ category: null, payer: null, total_units: null });
      const asked = undecided(decision, factsFromGiven(given));
      const returned = decision.findings.some((f) => f.severity === 'error');
      expect(returned || asked.some((f) => f.code === 'F_FACT_UNDECIDED')).toBe(true);
    });

    it.each([{ hyoka_result: '終了' }, { office_changed: true }])('goes to a person when %j', (flags) => {
      const decision = decideGiven(city, { ...base, ...DIRECT, ...NURSING, flags });
      expect(codesOf(decision)).toContain('F_SOURCE_AMBIGUOUS/review');
    });
  },
);

it('16: takes the areas from the registry alone, and never says which one is right without it', () => {
  const given: Given = { ...base, ...DIRECT, ...NURSING, event: 'new', flags: { submitted_to_area: 'A' } };
  const decision = decideGiven('kumamoto', given, { rules: ['KMM-R03'] });
  expect(codesOf(decision)).toEqual([]);
  expect(decision.explanation.would_change.map((w) => w.fact)).toEqual(['flags.user_area']);
});
