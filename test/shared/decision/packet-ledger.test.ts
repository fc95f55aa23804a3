import { describe, expect, it } from 'vitest';
import { closeLedger } from '../../../shared/decision/packet-ledger.ts';
import { aDocument } from '../../builders/a-document.ts';

const file = (path: string) => ({ path, digest: path, size: 1, read: async () => new Uint8Array() });
const packet = (...paths: string[]) => ({
  name: 'p',
  digest: 'd',
  files: paths.map(file),
  rejected: [],
  findings: [],
});
const pages = (path: string, from: number, to: number) =>
  aDocument({ file: path, pages: { from, to }, rows: 0, read_by: 'text' });

describe('closeLedger', () => {
  it('counts a hundred thousand files', () => {
    const paths = Array.from({ length: 100_000 }, (_, i) => `${i}.csv`);
    const documents = paths.map((path) => aDocument({ file: path, rows: 1 }));
    const { ledger } = closeLedger(packet(...paths), documents, []);
    expect(ledger).toMatchObject({ files: 100_000, rows: 100_000, accounted: true });
  });

  it('counts every file, page and row once, the cover among the files', () => {
    const documents = [aDocument({ file: 'a.csv', rows: 12 }), pages('b.pdf', 1, 2), pages('b.pdf', 3, 3)];
    const { ledger, findings } = closeLedger(packet('a.csv', 'b.pdf', 'packet.json'), documents, [
      'packet.json',
    ]);
    expect(findings).toEqual([]);
    expect(ledger).toEqual({
      entries: 3,
      files: 3,
      pages: 3,
      rows: 12,
      accounted: true,
      outcomes: { used: { files: 3, pages: 3, rows: 12 } },
    });
  });

  it.each([
    ['is not read', []],
    ['lacks a page', [pages('b.pdf', 1, 1), pages('b.pdf', 3, 3)]],
    ['has a page in two documents', [pages('b.pdf', 1, 2), pages('b.pdf', 2, 3)]],
  ])('stays open for a file that %s', (_, documents) => {
    const { ledger, findings } = closeLedger(packet('b.pdf'), documents, []);
    expect(ledger.accounted).toBe(false);
    expect(findings).toMatchObject([{ code: 'F_PACKET_LEDGER', where: { file: 'b.pdf' } }]);
  });
});
