import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import type { RuleEntry } from '../../../shared/rules/entry.ts';
import { factsReadBy } from '../../../shared/rules/facts-read.ts';
import { editionOn, loadProfile, parseProfile } from '../../../shared/rules/profile.ts';
import type { Category } from '../../../shared/vocabulary/category.ts';
import { idsOf, RULE_IDS } from './rule-ids.ts';

const BROKEN = { code: 'F_ROUTE', severity: 'error', message: '違います。', remedy: '直してください。' };
const RULE = { id: 'XYZ-R01', template: 'alert', place: '第1条', summary: '一つの規則', violation: BROKEN };
const PROFILE = {
  city: 'mihon',
  source: { title: '見本市の要綱' },
  in_force: { from: '2024-04-01' },
  checked_on: '2026-11-22',
  rules: [RULE],
};

/** Reads a profile of one rule, changed as the test is about. */
const read = (rule: object, profile: object = {}): unknown =>
  parseProfile(stringify({ ...PROFILE, rules: [{ ...RULE, ...rule }], ...profile }), 'profiles/mihon.yaml');

describe('parseProfile', () => {
  it('reads a sound profile', () => {
    expect(() => read({})).not.toThrow();
  });

  it.each([
    ['without a place', { place: undefined }, 'place'],
    ['with an empty place', { place: '' }, 'place'],
    ['without its sentence', { summary: undefined }, 'summary'],
    ['without a remedy', { violation: { ...BROKEN, remedy: undefined } }, 'remedy'],
    ['with an unknown template', { template: 'guess' }, 'template'],
    ['with an unknown finding code', { violation: { ...BROKEN, code: 'F_MADE_UP' } }, '知らない指摘コード'],
    ['with a severity of its own', { violation: { ...BROKEN, severity: 'fatal' } }, 'severity'],
    ['with a malformed rule id', { id: 'mit-R10' }, '規則番号の形'],
    ['with a date of another form', { from: '2024/04/01' }, '日付'],
    ['with an unknown key', { wehn: { event: 'new' } }, 'wehn'],
    ['with a source that is not listed', { source: 'elsewhere' }, 'sources にありません'],
    ['with an unknown fact', { when: { transmision: 'email' } }, '知らない事実'],
    [
      'with an unknown fact it compares with',
      { when: { 'dates.today': { before: 'dates.tody' } } },
      '知らない事実',
    ],
    ['with an unknown event', { when: { any: [{ event: ['nwe'] }] } }, '知らない提出の理由'],
    ['with a name no template fills', { violation: { ...BROKEN, message: '{kind}が違います。' } }, '{kind}'],
    ['that ends before it begins', { from: '2024-05-01', to: '2024-04-30' }, '終わりが始まりより前'],
  ])('refuses a rule %s', (_, change, message) => {
    expect(() => read(change)).toThrow(message);
  });

  it('refuses an unknown kind of document', () => {
    const rule = { template: 'documents', items: [{ document: 'mystery_paper' }] };
    expect(() => read(rule)).toThrow('知らない書類の種類');
  });

  it('refuses a profile without a title of its source', () => {
    expect(() => read({}, { source: {} })).toThrow('source.title');
  });

  it('refuses two entries of one rule in force on the same day, and takes them one after the other', () => {
    const early = { ...RULE, to: '2024-06-30' };
    const rules = (from: string): object => ({ rules: [early, { ...RULE, from }] });
    expect(() => read({}, rules('2024-06-30'))).toThrow('重なっています');
    expect(() => read({}, rules('2024-07-01'))).not.toThrow();
  });

  it('refuses a rule that kept the number of another city', () => {
    expect(() => read({}, { rules: [RULE, { ...RULE, id: 'MIT-R01' }] })).toThrow('規則番号の頭');
  });

  it('names file, rule and place of what is wrong, and of what is not YAML', () => {
    expect(() => read({ place: '' })).toThrow(/profiles\/mihon\.yaml[\s\S]*XYZ-R01 rules\.0\.place/);
    expect(() => parseProfile('rules: [', 'profiles/mihon.yaml')).toThrow('YAMLとして読めません');
  });
});

/** Every id an entry decides. */
const idsIn = (rules: RuleEntry[]): Set<string> => new Set(rules.flatMap((r) => [r.id, ...r.also_judges]));
const decides = (rule: RuleEntry): boolean => rule.template !== 'human' && rule.template !== 'out';

describe.each(Object.keys(RULE_IDS))('profile of %s', (city) => {
  const rules = loadProfile(city).rules;
  const entriesOf = (id: string): RuleEntry[] =>
    rules.filter((r) => r.id === id || r.also_judges.includes(id));

  it('holds every rule of its source and no other', () => {
    expect([...idsIn(rules)].sort()).toEqual(idsOf(city, 'auto', 'human', 'out', 'config').sort());
  });

  it('decides every rule a program can decide', () => {
    expect(idsOf(city, 'auto').filter((id) => !entriesOf(id).some(decides))).toEqual([]);
  });

  it('asks the reviewer about every rule only a person can decide', () => {
    expect(idsOf(city, 'human').filter((id) => !entriesOf(id).some((r) => r.checklist))).toEqual([]);
  });

  it('gives a reason for every rule it leaves out', () => {
    const silent = idsOf(city, 'out').filter(
      (id) =>
        !entriesOf(id).some(
          (r) => decides(r) || r.checklist || (r.template === 'out' && r.reason.length > 5),
        ),
    );
    expect(silent).toEqual([]);
  });
});

it('refers only to rules that exist', () => {
  const rules = ['national', ...cityKeys()].flatMap((key) => loadProfile(key).rules);
  const ids = idsIn(rules);
  const named = rules.flatMap((r) => [
    ...r.replaces.map((name) => name.replace(/（.*/, '')),
    ...(r.exempt_by ? [r.exempt_by.rule] : []),
    ...(r.template === 'documents' ? r.items.flatMap((i) => i.insufficient?.rule ?? []) : []),
  ]);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});

it('has a rule or a person behind every setting a city can make', () => {
  const idle = cityKeys().flatMap((city) => {
    const { configuration, rules } = loadProfile(city);
    const read = new Set(rules.flatMap((r) => factsReadBy(r)));
    const days = rules.some((r) => r.template === 'deadline' && r.first_day === 'unstated');
    return Object.entries(configuration)
      .filter(([key, c]) => !c.by && !read.has(`config.${key}`) && !(key === 'start_day' && days))
      .map(([key]) => `${city}.${key}`);
  });
  expect(idle).toEqual([]);
});

it('counts 222 rules of five sources, 158 of them decided by the desk', () => {
  const count = (...kinds: Parameters<typeof idsOf> extends [string, ...infer K] ? K : never): number =>
    Object.keys(RULE_IDS).reduce((sum, city) => sum + idsOf(city, ...kinds).length, 0);
  expect([count('auto'), count('human'), count('out'), count('config')]).toEqual([158, 32, 30, 2]);
});

describe.each(['national', ...cityKeys()])('profiles/%s.yaml', (key) => {
  const profile = loadProfile(key);

  it('was checked after its newest value took effect or was announced, and not in the future', () => {
    const text = readFileSync(join(profilesFolder(), `${key}.yaml`), 'utf8');
    expect(text).toContain(`checked_on: ${profile.checked_on}`);
    const starts = [profile.in_force.from, ...profile.rules.flatMap((r) => r.from ?? [])].sort();
    expect(profile.checked_on >= starts.at(-1)!).toBe(true);
    expect(profile.checked_on <= new Date().toISOString().slice(0, 10)).toBe(true);
  });

  it('tells the office what to do in every finding', () => {
    const sentences = profile.rules.flatMap((r) =>
      'violation' in r && r.violation ? [r.violation].flat() : [],
    );
    for (const { message, remedy } of sentences) {
      expect(message.length).toBeGreaterThan(10);
      expect(remedy).toMatch(/。）?$/);
      expect(remedy.length).toBeGreaterThan(7);
    }
  });
});

describe('editionOn', () => {
  it.each([
    ['2024-03', 438],
    ['2024-04', 442],
  ])('chooses by the service month: %s pays %i units', (month, units) => {
    const fees = editionOn('mito', month).rules.filter((r) => r.template === 'fee');
    const of = (category: Category): number[] =>
      fees.flatMap((r) => (r.template === 'fee' && r.category.includes(category) ? (r.units ?? []) : []));
    expect(of('yobo_shien_center')).toEqual([units]);
  });

  it('names the edition after the newest change that was in force', () => {
    expect(editionOn('iwaki', '2024-06').id).toBe('iwaki@2024-04-01');
  });

  it('lets a rule of the city take the place of the national one it says more exactly', () => {
    const has = (city: string): boolean => editionOn(city, '2024-06').rules.some((r) => r.id === 'NAT-222');
    expect([has('iwaki'), has('mito')]).toEqual([false, true]);
  });

  it('marks the proposal of Kumamoto provisional, and only that', () => {
    const provisional = Object.keys(RULE_IDS).filter((city) => editionOn(city, '2024-06').provisional);
    expect(provisional).toEqual(['kumamoto']);
  });
});
