import { expect, test } from 'vitest';
import { narrow, type RosterCase, rosterIn, totalsOf } from '../../../../shared/records/views/roster.ts';
import { aCase } from '../../../builders/a-case.ts';

const TODAY = '2024-07-10';
const overdue = {
  packet_id: 'watch-1',
  about_packet: 'packet-2',
  kind: 'overdue' as const,
  due_date: '2024-07-01',
  headline: '評価表が届いていません',
  insured_number: null,
};
const inArea = (...cases: Partial<RosterCase>[]) =>
  rosterIn(
    '2024-06',
    cases.map((one) => aCase(one)),
    [overdue],
    TODAY,
  );

const PEOPLE = inArea(
  { person: 'mito#p1', name: '見本 一郎', month: '2024-06', cert_valid_to: '2024-08-31' },
  {
    person: 'mito#p2',
    packet_id: 'packet-2',
    name: '見本 二郎',
    month: '2024-04',
    cert_valid_to: '2025-03-31',
    certification: '要支援1',
  },
  { person: 'mito#p2', name: null, month: '2024-05', category: 'yobo_cm_center' },
  { person: 'mito#p3', name: '見本 三郎', month: '2024-06', missing_documents: ['keiyakusho'] },
  { person: 'mito#p4', name: '例示 四郎', month: '2024-06', superseded: true },
);
const keysOf = (filter: Parameters<typeof narrow>[1]) =>
  narrow(PEOPLE, filter)
    .map(({ person }) => person)
    .sort();

test('lists every person once, with the last month that has papers, and leaves out what moved or was erased', () => {
  expect(keysOf('all')).toEqual(['p1', 'p2', 'p3']);
  const [two] = narrow(PEOPLE, 'without');
  expect(two).toMatchObject({
    month: '2024-05',
    category: 'yobo_cm_center',
    name: '見本 二郎',
    certification: '要支援1',
  });
});

test('narrows to those without papers, with an ending certification, overdue or lacking papers', () => {
  expect(keysOf('papers')).toEqual(['p1', 'p3']);
  expect(keysOf('without')).toEqual(['p2']);
  expect(keysOf('ending')).toEqual(['p1']);
  expect(keysOf('overdue')).toEqual(['p2']);
  expect(keysOf('missing')).toEqual(['p3']);
  expect(narrow(PEOPLE, 'overdue')[0]?.overdue).toEqual([
    { packet_id: 'watch-1', kind: 'overdue', due: '2024-07-01', reason: '評価表が届いていません' },
  ]);
});

test('counts persons, not packets', () => {
  const twice = inArea(
    { person: 'mito#p1', event: 'continuing' },
    { person: 'mito#p1', event: 'claim', packet_id: 'other' },
  );
  expect(totalsOf(twice)).toMatchObject({
    filters: { all: 1, papers: 1 },
    categories: { yobo_shien_direct: 1 },
  });
});

test('counts a certification until the end of the next month as ending', () => {
  const endOf = (cert_valid_to: string) => inArea({ cert_valid_to })[0]?.is_ending;
  expect(endOf('2024-08-31')).toBe(true);
  expect(endOf('2024-09-01')).toBe(false);
  expect(endOf('2024-06-30')).toBe(true);
});
