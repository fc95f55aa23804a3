import { describe, expect, it } from 'vitest';
import type { Given } from '../../../../shared/cover-sheet/given-facts.ts';
import type { Papers } from '../../../../shared/cover-sheet/papers.ts';
import type { FieldName, ReadDocument } from '../../../../shared/documents/document.ts';
import { type Collected, collectFacts, type FactContext } from '../../../../shared/facts/collect-facts.ts';
import { FACT_USES } from '../../../../shared/facts/compare/fact-uses.ts';
import { FIELD_USES, type FieldUse, fieldUses } from '../../../../shared/facts/compare/field-uses.ts';
import type { Fact } from '../../../../shared/facts/fact.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { factPaths } from '../../../../shared/vocabulary/fact-labels.ts';
import { aDocument } from '../../../builders/a-document.ts';
import { changedMonth, FIELD_NAMES, FIELD_SAMPLES, sheetWith, wholePacket } from './field-samples.ts';
import { about, onCover, otherThan } from './planted.ts';

const registry = parseRegistry(
  {
    city: 'mito',
    insurer_numbers: ['089999'],
    unit_price_yen: 10,
    areas: [
      { key: 'a', name: '第一圏域', center: '0800100018', addresses: ['見本区一丁目', '見本区1'] },
      { key: 'b', name: '第二圏域', center: '0800100026', addresses: ['見本区二丁目'] },
    ],
    centers: [
      { number: '0800100018', name: '第一地域包括支援センター' },
      { number: '0800100026', name: '第二地域包括支援センター' },
    ],
    offices: [
      {
        number: '0870100013',
        name: '見本居宅介護支援事業所',
        kyotaku: { from: '2020-04-01' },
        yobo_shien: [{ city: 'mito', from: '2024-04-01' }],
        commissions: [{ center: '0800100018', kinds: ['yobo_cm'], from: '2024-04-01' }],
        manager_is_shunin: true,
        care_managers: 2,
        special_area: 'tokubetsu_chiiki',
      },
      { number: '0870100021', name: '例示居宅介護支援事業所' },
    ],
  },
  'registry.yaml',
);
const context: FactContext = {
  registries: [registry],
  today: '2024-07-01',
  received: '2024-07-01',
  historyOf: async (_, months) => [
    { month: months[5]!, category: 'yobo_shien_direct', used: null, same_office: null },
  ],
};
const papers = (documents: ReadDocument[], given: Given = {}): Papers => ({
  packet: { name: 'p', digest: 'd', files: [], rejected: [], findings: [] },
  cover: { files: [], cover: given, given, findings: [] },
  documents,
});
const collect = (documents: ReadDocument[], given: Given = {}): Promise<Collected> =>
  collectFacts(papers(documents, given), context);
const conflicts = ({ findings }: Collected): Finding[] =>
  findings.filter((f) => f.code === 'F_FACT_CONFLICT');

/** Two papers that show a field with these values, in files of their own. */
const twoSheets = (field: FieldName, [a, b]: readonly unknown[]): ReadDocument[] => [
  ...(field === 'insurer_number' ? [] : [sheetWith('insurer_number', '089999', 'card.pdf')]),
  sheetWith(field, a as string, 'first.pdf'),
  sheetWith(field, b as string, 'second.pdf'),
];

const uses = fieldUses();
const isCompared = ([, use]: [FieldName, FieldUse]): boolean => 'one' in use || 'newest' in use;

/** What reports a field that is compared in a module of its own. */
const CODES: Partial<Record<FieldName, string>> = {
  insured_number: 'F_PACKET_TWO_PERSONS',
  name: 'F_FACT_NAME',
  service_month: 'F_PACKET_TWO_MONTHS',
};

describe('two documents that disagree', () => {
  it.each(uses.filter(isCompared))('%s: names both places', async (field, use) => {
    const found = conflicts(await collect(twoSheets(field, FIELD_SAMPLES[field].values)));
    expect(found.map((f) => f.severity)).toContain('one' in use ? 'review' : 'info');
    expect(found.some((f) => f.message.includes('first.pdf') && f.message.includes('second.pdf'))).toBe(true);
  });

  it.each(uses.filter(isCompared))('%s: reports nothing where they agree', async (field) => {
    const { values, spelled } = FIELD_SAMPLES[field];
    expect(conflicts(await collect(twoSheets(field, [values[0], values[0]])))).toEqual([]);
    if (spelled !== undefined)
      expect(conflicts(await collect(twoSheets(field, [values[0], spelled])))).toEqual([]);
  });

  const elsewhere = FIELD_NAMES.filter((field) => 'with' in FIELD_USES[field] && field !== 'cover_code');
  it.each(elsewhere)('%s: is reported by the module that compares it', async (field) => {
    const { values, spelled } = FIELD_SAMPLES[field];
    const code = CODES[field] ?? 'F_FACT_CONFLICT';
    const codes = ({ findings }: Collected) => findings.map((f) => f.code);
    expect(codes(await collect(twoSheets(field, values)))).toContain(code);
    expect(codes(await collect(twoSheets(field, [values[0], spelled ?? values[0]])))).not.toContain(code);
  });

  const several = FIELD_NAMES.filter((field) => 'several' in FIELD_USES[field]);
  it.each(several)('%s: gives the same facts in either order', async (field) => {
    const values = FIELD_SAMPLES[field].values;
    const rest = wholePacket().map((d) => ({ ...d, readings: d.readings.filter((r) => r.field !== field) }));
    const there = await collect([...rest, ...twoSheets(field, values)]);
    const back = await collect([...rest, ...twoSheets(field, values.toReversed())]);
    expect(valuesOf(there)).toEqual(valuesOf(back));
  });
});

/** Values by path; a list in any order. */
const valuesOf = ({ facts, identity }: Collected): Record<string, unknown> => ({
  office: identity.office_number,
  ...Object.fromEntries(
    [...facts].map(([path, { value }]) => [path, Array.isArray(value) ? sorted(value) : value]),
  ),
});
const sorted = (list: unknown[]): string[] => list.map((one) => JSON.stringify(one, keysOf(one))).sort();
const keysOf = (one: unknown): string[] | undefined =>
  typeof one === 'object' && one !== null ? Object.keys(one).sort() : undefined;

/** Facts a source beside the cover gives, with their values. */
const stated = async (): Promise<Map<string, Fact>> => {
  const whole = await collect(wholePacket());
  const nothingUsed = await collect([
    ...wholePacket().map((d) => ({ ...d, readings: d.readings.filter((r) => r.field !== 'service_actual') })),
    aDocument({ file: 'none.csv' }, [['no_service_used', true]]),
  ]);
  const changed = await collect(changedMonth());
  const known = [...changed.facts.values(), ...whole.facts.values(), ...nothingUsed.facts.values()].filter(
    (f) => f.state === 'known',
  );
  return new Map(known.filter(({ path }) => !path.startsWith('document.')).map((fact) => [fact.path, fact]));
};

/** Papers of a month that show the fact. */
function papersShowing(path: string): ReadDocument[] {
  if (path === 'flags.no_service_used') return [sheetWith('no_service_used', true, 'none.csv')];
  return OF_CHANGED_MONTH.includes(path) ? changedMonth() : wholePacket();
}
const OF_CHANGED_MONTH = ['services_before_change', 'certification_before_change', 'dates.level_changed'];

/** Facts of papers that the packets above are not: what gives them needs papers of its own. */
const OF_OTHER_MONTHS = [
  'notifications',
  'dates.submitted',
  'services_beyond_limit',
  'services_before_certification',
  'services_after_certification',
  'dates.covered_from',
  'dates.covered_to',
  'facility_city',
  'planning_offices',
  'new_user',
  'flags.minashi_2go',
];

describe('a cover that disagrees', async () => {
  const facts = [...(await stated())];

  it('is compared with every other source of every fact of the vocabulary', () => {
    const undeclared = facts.map(([path]) => path).filter((path) => !(path in FACT_USES));
    expect(undeclared).toEqual([]);
    const given = new Set(facts.map(([path]) => path));
    const stale = factPaths().filter((path) => path in FACT_USES && !given.has(path));
    expect(stale.filter((path) => !OF_OTHER_MONTHS.includes(path))).toEqual([]);
    expect(OF_OTHER_MONTHS.filter((path) => given.has(path))).toEqual([]);
  });

  it.each(facts)('%s: is reported with the source that counts', async (path, fact) => {
    const documents = papersShowing(path);
    const found = conflicts(await collect(documents, onCover(path, otherThan(path, fact.value))));
    if (FACT_USES[path]?.exempt) return expect(about(path, found)).toEqual([]);
    expect(about(path, found)).toMatchObject([{ severity: 'review' }]);
    expect(about(path, found)[0]?.message).toContain('送付票');
  });

  it.each(facts)('%s: is not reported where it agrees', async (path, fact) => {
    const documents = papersShowing(path);
    expect(about(path, conflicts(await collect(documents, onCover(path, fact.value))))).toEqual([]);
  });
});

describe('who the papers are about', () => {
  it.each([
    ['birth_date', '1941-05-06'],
    ['sex', '男'],
    ['insurer_number', '088888'],
    ['address', '見本区二丁目5番'],
    ['office_number', '0870100021'],
    ['area', 'b'],
    ['center_number', '0800100026'],
    ['area', '知らない圏域'],
  ])('compares %s of the cover', async (key, value) => {
    const label = FACT_USES[key === 'center_number' ? 'area' : key]!.label!;
    const found = conflicts(await collect(wholePacket(), { [key]: value }));
    expect(found.filter((f) => f.message.includes(label))).toMatchObject([{ severity: 'review' }]);
  });

  it('reports a sender that is not the office on the cover, which no longer counts without a word', async () => {
    const csv = sheetWith('sender_number', '0870100013', 'UPYOBO.CSV');
    const [found] = conflicts(await collect([csv], { office_number: '0870100021' }));
    expect(found?.message).toContain('UPYOBO.CSV（0870100013）、送付票（0870100021）');
  });

  it('reports a fact of two plans of one day that stays open, and counts the newer of two plans', async () => {
    const plan = (kind: string, created: string, file: string) =>
      aDocument({ kind: 'shien_keikakusho', file }, [
        ['plan_kind', kind],
        ['commissioned', kind],
        ['plan_created', created],
      ]);
    const newer = [plan('2', '2024-05-20', 'new.pdf'), plan('1', '2024-04-20', 'old.pdf')];
    for (const documents of [newer, newer.toReversed()]) {
      const { facts } = await collect(documents);
      expect(facts.get('plan_kind')).toMatchObject({ state: 'known', value: '2' });
      expect(facts.get('provider_route')?.value).toBe('itaku');
    }
    const open = await collect([plan('2', '2024-05-20', 'a.pdf'), plan('1', '2024-05-20', 'b.pdf')]);
    expect(open.facts.get('plan_kind')?.state).toBe('conflicting');
    expect(about('plan_kind', conflicts(open))[0]?.message).toContain('どちらとも決めずに');
  });

  it('reports every open fact, two kinds of 届出 that differ among them', async () => {
    const form = (title: string, kind: string) =>
      aDocument({ kind: 'kaigo_yobo_todoke', file: `${title}.pdf` }, [
        ['notification_form', title],
        ['notification_kind', kind],
      ]);
    const found = await collect([form('一つ目の届出書', '新規'), form('二つ目の届出書', '変更')]);
    expect(found.facts.get('notification.kind')?.state).toBe('conflicting');
    expect(about('notification.kind', conflicts(found))[0]?.message).toContain(
      '一つ目の届出書.pdf（新規）、二つ目の届出書.pdf（変更）',
    );
  });

  it('takes the first plan in the papers of a later month for no new one, and not the reverse', async () => {
    const division = (value: string) => [sheetWith('plan_division', value, 'plan.csv')];
    expect(conflicts(await collect(division('11'), { event: 'continuing' }))).toEqual([]);
    const [found] = conflicts(await collect(division('21'), { event: 'new' }));
    expect(found?.message).toContain('送付票（新規）、plan.csv（継続）');
  });

  it('takes a date in the other calendar, and a name in other letters, for the same', async () => {
    const documents = [
      sheetWith('checklist_date', '2024-03-11', 'a.pdf'),
      sheetWith('name', '髙橋 見本', 'b.pdf'),
    ];
    const found = await collect(documents, { dates: { checklist: '令和6年3月11日' }, name: '高橋　見本' });
    expect(conflicts(found)).toEqual([]);
  });

  it('takes the center that commissions for no other sender', async () => {
    const csv = sheetWith('sender_number', '0870100013', 'UPYOBO.CSV');
    const plan = sheetWith('office_number', '0800100018', 'UPPLAN.CSV');
    expect(conflicts(await collect([csv, plan]))).toEqual([]);
  });

  it('never repeats a birth date, a name or an address', async () => {
    for (const field of ['birth_date', 'name_kana', 'address', 'postal_code'] as const) {
      const { values } = FIELD_SAMPLES[field];
      const [found] = conflicts(await collect(twoSheets(field, values)));
      for (const value of values) expect(found?.message).not.toContain(String(value));
    }
  });
});
