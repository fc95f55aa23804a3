import { describe, expect, it } from 'vitest';
import type { ReadDocument, Reading } from '../../../shared/documents/document.ts';
import { readMonth } from '../../../shared/facts/collect/read-month.ts';
import type { FactSheet } from '../../../shared/facts/fact.ts';
import { findOffice } from '../../../shared/facts/identify/find-office.ts';
import { Readings } from '../../../shared/facts/readings.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { parseRegistry } from '../../../shared/registry/registry.ts';

const document = (over: Partial<ReadDocument>, fields: [Reading['field'], string][]): ReadDocument => ({
  file: `${over.title ?? over.kind}.csv`,
  kind: null,
  title: null,
  read_by: 'csv',
  pages: null,
  rows: 1,
  outcome: 'used',
  digest: '',
  findings: [],
  ...over,
  readings: fields.map(([field, value]) => ({ field, value, raw: value, where: { file: 'a.csv' } })),
});
const registry = parseRegistry(
  { city: 'mito', centers: [{ number: '0800100018', name: '見本地域包括支援センター' }], offices: [] },
  'registry.yaml',
);

describe('the office that sends', () => {
  it('stays the unknown one when only the receiver of 実績 is registered', () => {
    const findings: Finding[] = [];
    const readings = new Readings([
      document({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [['sender_number', '0870190014']]),
      document({ kind: 'riyohyo', title: 'UPJSK' }, [['receiver_number', '0800100018']]),
    ]);
    expect(findOffice(readings, {}, registry, findings)).toMatchObject({
      number: '0870190014',
      isCenter: false,
    });
    expect(findings.map((f) => f.code)).toEqual(['F_PACKET_OFFICE']);
  });

  it('is known by a field that prints its name and the care manager together', () => {
    const two = parseRegistry(
      {
        city: 'mito',
        centers: [],
        offices: [
          { number: '0870100013', name: '見本居宅介護支援事業所' },
          { number: '0870100021', name: '例示居宅介護支援事業所' },
        ],
      },
      'registry.yaml',
    );
    const found = (name: string): string | null =>
      findOffice(new Readings([document({ kind: 'riyohyo' }, [['office_name', name]])]), {}, two, []).number;
    expect(found('見本居宅介護支援事業所　検査 次子')).toBe('0870100013');
    expect(found('見本居宅')).toBeNull();
  });

  it('is the receiver of 実績 when nothing else tells', () => {
    const readings = new Readings([
      document({ kind: 'riyohyo', title: 'UPJSK' }, [['receiver_number', '0800100018']]),
    ]);
    expect(findOffice(readings, {}, registry, [])).toMatchObject({ number: '0800100018', isCenter: true });
  });
});

describe('the service month', () => {
  const monthOf = (d: ReadDocument): { facts: FactSheet; codes: string[] } => {
    const facts: FactSheet = new Map();
    const findings: Finding[] = [];
    readMonth(facts, new Readings([d]), new Map(), findings);
    return { facts, codes: findings.map((f) => f.code) };
  };

  it('is not taken from the consent on a 利用者基本情報', () => {
    const { facts, codes } = monthOf(
      document({ kind: 'riyosha_kihon_joho', title: 'UPKIHON' }, [['consent_date', '2024-03-18']]),
    );
    expect(codes).toEqual(['F_PACKET_NO_MONTH']);
    expect(facts.has('service_month')).toBe(false);
  });

  it('is assumed to be the one a plan begins with, not the one it was made in', () => {
    const { facts } = monthOf(
      document({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [
        ['plan_created', '2024-03-22'],
        ['plan_from', '2024-04-01'],
      ]),
    );
    expect(facts.get('service_month')).toMatchObject({ state: 'assumed', value: '2024-04' });
  });

  it('is assumed from the consent on a plan', () => {
    const { facts, codes } = monthOf(
      document({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [['consent_date', '2024-04-03']]),
    );
    expect(codes).toEqual([]);
    expect(facts.get('service_month')).toMatchObject({ state: 'assumed', value: '2024-04' });
  });
});
