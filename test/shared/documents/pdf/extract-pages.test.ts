import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { extractPages } from '../../../../shared/documents/pdf/extract-pages.ts';
import { ownPages } from '../../../../shared/documents/pdf/own-pages.ts';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import { UnreadableFile } from '../../../../shared/documents/unreadable-file.ts';
import { sha256 } from '../../../../shared/text/digest.ts';
import { embeddedPdf, row } from '../../../builders/pdf.ts';

const card = (number: string) => [
  { text: '介護保険被保険者証', size: 14 },
  row('番号', number),
  row('氏名', '見本　花子'),
];
const numbersIn = async (bytes: Uint8Array): Promise<unknown[]> => {
  const file = { path: 'a.pdf', digest: sha256(bytes), size: bytes.length, read: async () => bytes };
  const documents = await readPdf(file);
  return documents.flatMap(({ readings }) =>
    readings.filter(({ field }) => field === 'insured_number').map(({ value }) => value),
  );
};

describe('pages taken out of a PDF', () => {
  it('hold what is on them, and nothing of other pages', async () => {
    const pdf = await embeddedPdf([card('0007780001'), card('0007780002'), card('0007780003')]);
    expect(await numbersIn(pdf)).toEqual(['0007780001', '0007780002', '0007780003']);
    const own = await extractPages(pdf, [{ from: 2, to: 2 }]);
    expect(await numbersIn(own)).toEqual(['0007780002']);
    expect((await PDFDocument.load(own)).getPageCount()).toBe(1);
  });

  it('hold no pictures that only other pages draw, no links and no form fields', async () => {
    const source = await PDFDocument.create();
    const [first, second] = [source.addPage([200, 200]), source.addPage([200, 200])];
    const picture = (text: string) =>
      source.context.register(source.context.stream(`% ${text}`, { Type: 'XObject' }));
    const shared = source.context.obj({
      XObject: { Own: picture('picture of the first'), Other: picture('picture of the second') },
    });
    for (const page of [first, second]) page.node.set(PDFName.of('Resources'), shared);
    first.node.set(PDFName.of('Contents'), source.context.register(source.context.stream('/Own Do')));
    second.node.set(PDFName.of('Contents'), source.context.register(source.context.stream('/Other Do')));
    const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], Dest: [second.ref, 'Fit'], AP: {} };
    first.node.set(PDFName.of('Annots'), source.context.obj([link, { ...link, AP: null }]));
    const own = await extractPages(await source.save({ useObjectStreams: false }), [{ from: 1, to: 1 }]);
    const reopened = await PDFDocument.load(own);
    const text = Buffer.from(await reopened.save({ useObjectStreams: false })).toString('latin1');
    expect(text).toContain('picture of the first');
    expect(text).not.toContain('picture of the second');
    expect(text).not.toContain('/Dest');
    expect(reopened.getPageCount()).toBe(1);
  });

  it('are not given of a file that cannot be taken apart, or has no such page', async () => {
    const pdf = await embeddedPdf([card('0007780001')]);
    await expect(extractPages(pdf, [{ from: 2, to: 2 }])).rejects.toThrow(UnreadableFile);
    expect(await ownPages(Buffer.from('%PDF-1.7 cut off'), [{ from: 1, to: 1 }])).toBeNull();
  });
});
