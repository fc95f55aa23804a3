import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../shared/decision/outcome.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { weighWaivers } from '../../../shared/decision/weigh-waivers.ts';
import { type Finding, fileFinding } from '../../../shared/findings/finding.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { type Waiver, waiversOn, whyNotWaivable } from '../../../shared/rules/waiver.ts';

const aWaiver = (over: Partial<Waiver> = {}): Waiver => ({
  id: 'W20260601-0000ABCD',
  city: 'mito',
  rule: 'MIT-R13',
  office: null,
  from: '2026-06-01',
  until: '2026-06-30',
  approver: '高齢福祉課長',
  reason: '大雨のため',
  ...over,
});
const aFinding = (rule: string, ...others: string[]): Finding => ({
  ...fileFinding('F_DOC_MISSING', 'error', {}, '計画書がありません。', '添えて出し直してください。'),
  rule,
  rules: [rule, ...others],
});

describe('a waived rule', () => {
  it('leaves a note that names the waiver and its last day, and sends nothing back', () => {
    const [note] = weighWaivers([aFinding('MIT-R13')], [aWaiver()]);
    expect(note).toMatchObject({ severity: 'info', waived: ['W20260601-0000ABCD'], rule: 'MIT-R13' });
    expect(note?.message).toContain('令和8年6月30日まで免除');
    expect(outcomeOf([note!])).toBe('accept');
  });

  it('counts where the finding covers another rule that is not waived', () => {
    const both = [aFinding('MIT-R13', 'MIT-R14')];
    expect(weighWaivers(both, [aWaiver()])).toEqual(both);
    const waivers = [aWaiver(), aWaiver({ id: 'W2', rule: 'MIT-R14' })];
    expect(weighWaivers(both, waivers)[0]?.waived).toEqual(['W20260601-0000ABCD', 'W2']);
  });

  it('covers the rules that its entries judge with it', () => {
    const waivers = [aWaiver({ city: 'okayama', rule: 'OKY-R01' })];
    expect(weighWaivers([aFinding('OKY-R01', 'OKY-R46')], waivers)[0]?.severity).toBe('info');
  });

  it('applies to its office alone, on its days alone', () => {
    const waivers = [aWaiver({ office: '0870100013' })];
    expect(waiversOn(waivers, '0870100013', '2026-06-01')).toHaveLength(1);
    expect(waiversOn(waivers, '0870100013', '2026-06-30')).toHaveLength(1);
    expect(waiversOn(waivers, '0870100013', '2026-07-01')).toEqual([]);
    expect(waiversOn(waivers, '0870100999', '2026-06-10')).toEqual([]);
  });

  it('touches no finding about a file, which has no rule', () => {
    const file = [fileFinding('F_PACKET_TWO_PERSONS', 'error', {}, '二人分です。', '分けてください。')];
    expect(weighWaivers(file, [aWaiver()])).toEqual(file);
  });
});

describe('a rule that may not be waived', () => {
  it.each([
    ['mito', 'NAT-101', '国の決まり'],
    ['mito', 'IWK-R10', '水戸市の規則にありません'],
    ['nobeoka', 'NOB-R39', '同意や個人情報'],
    ['okayama', 'OKY-R07', '同意や個人情報'],
    ['mito', 'MIT-R03', '実施や請求'],
    ['mito', 'MIT-R20', '実施や請求'],
    ['okayama', 'OKY-R03', '不備を出さない'],
  ])('is refused with the reason: %s %s', (city, rule, reason) => {
    expect(whyNotWaivable(city, rule)).toContain(reason);
  });

  it('counts even where a waiver of it was recorded', () => {
    const consent = [aFinding('NOB-R39')];
    expect(weighWaivers(consent, [aWaiver({ city: 'nobeoka', rule: 'NOB-R39' })])).toEqual(consent);
  });
});

describe('a packet', () => {
  const decide = async (received: string): Promise<PacketVerdict> => {
    const waivers = [aWaiver({ rule: 'MIT-R15' }), aWaiver({ rule: 'MIT-R16', id: 'W2' })];
    const context = {
      registries: [await loadRegistry('samples/registry/mito.yaml')],
      today: received,
      received,
      waiversOf: async (city: string) => (city === 'mito' ? waivers : []),
    };
    const source = { name: 'mito.zip', file: 'samples/packets/mito-2024-05-lacking.zip' };
    for await (const verdict of decideUpload(source, context)) return verdict;
    throw new Error('the sample has no packet');
  };

  it('that lacks what the city waives is accepted while the waiver lasts, and names it', async () => {
    const verdict = await decide('2026-06-10');
    expect(verdict.decision).toBe('accept');
    expect([...new Set(verdict.findings.flatMap(({ waived }) => waived ?? []))].sort()).toEqual([
      'W2',
      'W20260601-0000ABCD',
    ]);
  });

  it('comes back the day after', async () => {
    expect((await decide('2026-07-01')).decision).toBe('return');
  });
});
