import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideFiles, exported, type Files } from '../../builders/office-export.ts';
import { embeddedPdf, type PageLines, row } from '../../builders/pdf.ts';

const PEOPLE = [
  { number: '0007780001', name: '見本　花子', services: ['A21111', '631111'] },
  { number: '0007780002', name: '見本　太郎', services: ['A21111', 'A21111'] },
  { number: '0007780003', name: '例示　一郎', services: ['631111'] },
].map((one) => ({ ...one, month: '202406' }));
const card = ({ number, name }: (typeof PEOPLE)[number]): PageLines => [
  { text: '介護保険被保険者証', size: 14 },
  row('番号', number),
  row('氏名', name),
];
const sheet = ({ number, name }: (typeof PEOPLE)[number]): PageLines => [
  { text: 'サービス利用票', size: 16 },
  row('被保険者番号', number),
  row('利用者名', name),
  row('サービス提供年月', '令和6年6月'),
];
const PAGES = [...PEOPLE.map(card), ...PEOPLE.map(sheet)];
const UNIT = {
  ...exported('UPPLAN', PEOPLE),
  ...exported('UPJSK', PEOPLE),
  ...exported('UPHOSOKU', PEOPLE),
};

/** Records of a CSV in another order. Its builders break no line within a record. */
const reordered = (bytes: Uint8Array, by: number[]): Uint8Array => {
  const records = Buffer.from(bytes).toString('latin1').split('\r\n').filter(Boolean);
  return Buffer.from(`${permuted(records, by).join('\r\n')}\r\n`, 'latin1');
};
const permuted = <T>(all: T[], by: number[]): T[] =>
  all
    .map((one, i) => [by[i % by.length]!, one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);

/** All that is decided, without the places, which follow the order. */
const answers = (verdicts: PacketVerdict[]): string[] =>
  verdicts
    .map(({ insured_number, service_month, decision, category, claim, documents, findings }) =>
      JSON.stringify({
        ...{ insured_number, service_month, decision, category, claim },
        kinds: documents.map(({ kind }) => kind).sort(),
        codes: findings.map(({ code }) => code).sort(),
      }),
    )
    .sort();

describe('what is decided of an upload', () => {
  it('depends neither on the order of files, of records, of pages, nor on the PDF that comes first', async () => {
    const { verdicts } = await decideFiles({ ...UNIT, '紙.pdf': await embeddedPdf(PAGES) });
    const expected = answers(verdicts);
    expect(expected).toHaveLength(3);
    const order = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(order, order, order, fc.nat(PAGES.length), async (ofFiles, ofRows, ofPages, cut) => {
        const pages = permuted(PAGES, ofPages);
        const papers: Files = {};
        if (cut > 0) papers['一.pdf'] = await embeddedPdf(pages.slice(0, cut));
        if (cut < pages.length) papers['二.pdf'] = await embeddedPdf(pages.slice(cut));
        const csv = Object.entries(UNIT).map(([name, bytes]) => [
          name,
          reordered(bytes as Uint8Array, ofRows),
        ]);
        const files = Object.fromEntries(permuted([...csv, ...Object.entries(papers)], ofFiles));
        const { verdicts: found, ledger } = await decideFiles(files);
        expect(answers(found)).toEqual(expected);
        expect(ledger.isClosed).toBe(true);
      }),
      { numRuns: 6 },
    );
  });
});
