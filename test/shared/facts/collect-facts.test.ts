import { describe, expect, it, vi } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import type { Papers } from '../../../shared/cover-sheet/papers.ts';
import type { ReadDocument } from '../../../shared/documents/document.ts';
import { monthsAround } from '../../../shared/facts/collect/read-history.ts';
import { collectFacts, type FactContext } from '../../../shared/facts/collect-facts.ts';
import { cityName } from '../../../shared/profiles/cities.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';
import type { Category } from '../../../shared/vocabulary/category.ts';
import { aDocument } from '../../builders/a-document.ts';

const registry = parseRegistry(
  {
    city: 'mito',
    insurer_numbers: ['089999'],
    centers: [],
    offices: [{ number: '0870100013', name: '見本居宅介護支援事業所', kyotaku: { from: '2020-04-01' } }],
  },
  'registry.yaml',
);
const context: FactContext = { registries: [registry], today: '2024-07-01' };
const used = aDocument({ kind: 'riyohyo', title: 'UPJSK' }, [
  ['insurer_number', '089999'],
  ['insured_number', '0000000101'],
  ['sender_number', '0870100013'],
  ['office_number', '0870100013'],
  ['service_month', '2024-05'],
]);
const papers = (documents: ReadDocument[], given: Given = {}): Papers => ({
  packet: { name: '0000000101_2024-05', digest: 'd', files: [], rejected: [], findings: [] },
  cover: { files: [], cover: given, given, findings: [] },
  documents,
});

describe('collectFacts', () => {
  it('lets a document win over the cover and reports the difference', async () => {
    const { facts, findings } = await collectFacts(papers([used], { service_month: '2024-06' }), context);
    expect(facts.get('service_month')).toMatchObject({ state: 'known', value: '2024-05' });
    expect(findings.map((f) => f.code)).toContain('F_FACT_CONFLICT');
  });

  it('keeps as assumed what only the cover gives', async () => {
    const { facts } = await collectFacts(papers([used], { certification: '要支援1' }), context);
    expect(facts.get('certification')).toMatchObject({ state: 'assumed', value: '要支援1' });
  });

  it('lets the registry win over the cover', async () => {
    const { facts } = await collectFacts(papers([used], { office_designated_kyotaku: false }), context);
    expect(facts.get('office_designated_kyotaku')).toMatchObject({ state: 'known', value: true });
  });

  it('only fills gaps with what follows from other facts', async () => {
    const given = { event: 'renewal', insurer_city: '見本市' };
    const { facts } = await collectFacts(papers([used], given), context);
    expect(facts.get('event')?.value).toBe('renewal');
    expect(facts.get('insurer_city')?.value).toBe('見本市');
    const bare = await collectFacts(papers([used]), context);
    expect(bare.facts.get('event')).toMatchObject({ state: 'assumed', value: 'continuing' });
    expect(bare.facts.get('insurer_city')?.value).toBe(cityName('mito'));
  });

  it('asks the records once, for the months around, and lets them win over the cover', async () => {
    const month = (month: string, category: Category) => ({ month, category, used: null, same_office: null });
    const historyOf = vi.fn(async () => [
      month('2024-04', 'yobo_shien_itaku'),
      month('2024-06', 'yobo_shien_direct'),
    ]);
    const given = { previous_category: 'yobo_cm_itaku' };
    const { facts, findings, later } = await collectFacts(papers([used], given), { ...context, historyOf });
    const person = { city: 'mito', insurer_number: '089999', insured_number: '0000000101' };
    expect(historyOf.mock.calls).toMatchObject([[person, monthsAround('2024-05'), { city: 'mito' }]]);
    expect(facts.get('previous_category')).toMatchObject({ state: 'known', value: 'yobo_shien_itaku' });
    expect(facts.get('history')?.value).toMatchObject([{ month: '2024-04' }]);
    expect(later).toMatchObject([{ month: '2024-06' }]);
    expect(findings.map((f) => f.code)).toContain('F_FACT_CONFLICT');
  });

  it('asks nothing of the records while person or month is open', async () => {
    const historyOf = vi.fn(async () => []);
    await collectFacts(papers([]), { ...context, historyOf });
    expect(historyOf).not.toHaveBeenCalled();
  });
});
