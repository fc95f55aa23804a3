import { expect, test } from 'vitest';
import { compareMonths } from '../../../shared/decision/compare-months.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { aVerdict } from '../../builders/a-verdict.ts';

const fact = (path: string, value: unknown, state = 'known') => ({
  path,
  label: path,
  state,
  value,
  evidence: [],
});
const verdict = (facts: unknown[], kinds: string[]): PacketVerdict =>
  aVerdict({
    explanation: { facts, rules: [], would_change: [], caveats: [] } as never,
    documents: kinds.map((kind) => ({ file: kind, kind, read_by: 'csv', pages: 0, title: null })),
  });

test('marks what changed from one month to the next, in the words of a clerk', () => {
  const services = [{ name: '通所型サービス' }, { name: '通所型サービス' }];
  const { facts, documents } = compareMonths(
    verdict(
      [fact('event', 'continuing'), fact('x', true), fact('gone', '2024-05-01')],
      ['riyohyo', 'hyokahyo'],
    ),
    verdict(
      [fact('event', 'cert_renewal'), fact('x', true), fact('services_planned', services)],
      ['riyohyo'],
    ),
  );
  const by = Object.fromEntries(facts.map((one) => [one.path, one]));
  expect(by.event).toMatchObject({ before: '継続', now: '認定の更新', is_changed: true });
  expect(by.x).toMatchObject({ before: 'はい', now: 'はい', is_changed: false });
  expect(by.gone).toMatchObject({ before: '2024-05-01', now: null, is_changed: true });
  expect(by.services_planned).toMatchObject({ before: null, now: '通所型サービス' });
  expect(documents.map(({ kind, before, now }) => [kind, before, now])).toEqual([
    ['riyohyo', true, true],
    ['hyokahyo', true, false],
  ]);
});
