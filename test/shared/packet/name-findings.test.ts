import { expect, it } from 'vitest';
import { nameFindings } from '../../../shared/packet/name-findings.ts';

it('reports each way of decoding once, with the number of other archives', () => {
  const findings = nameFindings([
    { path: 'a.zip', used: 'cp932', example: '計画書.pdf' },
    { path: 'a.zip/b.zip', used: 'mixed', example: '記録.pdf' },
    { path: 'a.zip/c.zip', used: 'broken', example: '%ff.pdf' },
  ]);
  expect(findings.map(({ severity, where }) => [severity, where.file])).toEqual([
    ['warn', 'a.zip/c.zip'],
    ['info', 'a.zip'],
  ]);
  expect(findings[0]?.message).toContain('（例: %ff.pdf）');
  expect(findings[1]?.message).toContain('a.zip ほか 1 個のZIP の中の');
});

it('reports nothing where all names were plain', () => {
  expect(nameFindings([])).toEqual([]);
});
