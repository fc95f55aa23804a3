import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { blankImage } from '../../../../shared/documents/ocr/image/gray-image.ts';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import { toPng } from '../../../builders/a-scan.ts';
import { myNumber } from '../../../builders/my-number.ts';
import { A4, embeddedPdf, type PageLines, packetFile, plainPdf, row } from '../../../builders/pdf.ts';

/** Pages on which ink and text differ: what a person sees is read, nothing else, and what is not read is told. */

const CARD: PageLines = [
  { text: '介護保険被保険者証', size: 14 },
  row('番号', '0000000101'),
  row('氏名', '見本 花子'),
  row('生年月日', '昭和15年3月1日'),
  row('要介護状態区分等', '要支援2'),
];
const PICTURE = toPng({ ...blankImage(60, 80, 72), data: new Uint8Array(4800).fill(90) });

const read = (bytes: Uint8Array): Promise<ReadDocument[]> => readPdf(packetFile('書類.pdf', bytes));
const valuesOf = (document: ReadDocument | undefined): Record<string, unknown> =>
  Object.fromEntries((document?.readings ?? []).map(({ field, value }) => [field, value]));

type Draw = Parameters<typeof embeddedPdf>[1] extends { draw?: infer D } | undefined ? NonNullable<D> : never;
const drawn = async (lines: PageLines, draw: Draw): Promise<ReadDocument[]> =>
  read(await embeddedPdf([lines], { draw }));
const fullPage: Draw = (pdf) => void pdf.image(PICTURE, 0, 0, { width: A4.width, height: A4.height });

/** A scanned page with a text printed on it. */
const printedOn =
  (text: string, x: number, y: number, size = 8): Draw =>
  (pdf, page) => {
    fullPage(pdf, page);
    pdf.font('gothic').fontSize(size).text(text, x, y, { lineBreak: false });
  };

describe('a picture with little text on it', () => {
  it.each([
    ['a page number', printedOn('1', 290, 820)],
    ['the header of a fax', printedOn('2024年06月02日 10時15分 見本居宅 FAX 0000-00-0000 P.1', 40, 10)],
    ['a typed stamp', printedOn('済', 500, 40, 20)],
  ])('is a picture and waits to be read, with %s', async (_name, draw) => {
    const documents = await drawn([], draw);
    expect(documents).toMatchObject([{ kind: null, read_by: 'none', outcome: 'unreadable' }]);
    expect(documents[0]?.findings).toMatchObject([{ code: 'F_PDF_NO_TEXT', severity: 'review' }]);
  });

  it('is no part of the form before it', async () => {
    const bytes = await embeddedPdf([CARD, []], {
      draw: (pdf, page) => page === 2 && printedOn('2 / 2', 290, 820)(pdf, page),
    });
    const documents = await read(bytes);
    expect(documents.map(({ kind, read_by }) => [kind, read_by])).toEqual([
      ['hihokenshasho', 'text'],
      [null, 'none'],
    ]);
  });
});

it('keeps the text of a form with a picture, and says that the picture is not read', async () => {
  const [document, ...others] = await drawn(
    CARD,
    (pdf) => void pdf.image(PICTURE, 60, 300, { width: 300, height: 200 }),
  );
  expect(others).toEqual([]);
  expect(document).toMatchObject({ kind: 'hihokenshasho', read_by: 'text', unread_pages: [1] });
  expect(valuesOf(document)).toMatchObject({ insured_number: '0000000101' });
  expect(document?.findings).toMatchObject([
    { code: 'F_PDF_NO_TEXT', severity: 'review', where: { page: 1 } },
  ]);
});

it('needs no one to look at a logo', async () => {
  const [document] = await drawn(CARD, (pdf) => void pdf.image(PICTURE, 480, 20, { width: 60, height: 60 }));
  expect(document).toMatchObject({ kind: 'hihokenshasho', findings: [] });
  expect(document).not.toHaveProperty('unread_pages');
});

/** The card without its number, which another text gives. */
const UNNUMBERED = CARD.filter((_, i) => i !== 1);
const HIDDEN = '0000000999';

describe('text that no one sees', () => {
  const hide = (style: (pdf: Parameters<Draw>[0]) => void): Promise<ReadDocument[]> =>
    drawn(UNNUMBERED, (pdf) => {
      pdf.save();
      style(pdf);
      pdf.font('gothic').text(`番号　${HIDDEN}`, 40, 300, { lineBreak: false }).restore();
    });
  it('is read where it is seen', async () => {
    expect(JSON.stringify(await hide((pdf) => void pdf.fontSize(10)))).toContain(HIDDEN);
  });
  it.each<[string, (pdf: Parameters<Draw>[0]) => void]>([
    ['white', (pdf) => void pdf.fontSize(10).fillColor('#ffffff')],
    ['nearly white', (pdf) => void pdf.fontSize(10).fillColor('#f4f4f4')],
    ['transparent', (pdf) => void pdf.fontSize(10).fillOpacity(0)],
    ['tiny', (pdf) => void pdf.fontSize(1)],
    ['outside of the page', (pdf) => void pdf.translate(0, 2000).fontSize(10)],
    ['clipped away', (pdf) => void pdf.rect(0, 0, 20, 20).clip().fontSize(10)],
    ['black on black', (pdf) => void pdf.rect(30, 290, 300, 40).fill('#000000').fontSize(10)],
  ])('is not read where it is %s', async (_name, style) => {
    expect(JSON.stringify(await hide(style))).not.toContain(HIDDEN);
  });
  it('is not read under a white box, and what is typed over it is', async () => {
    const [document] = await drawn([...CARD.slice(0, 1), row('番号', HIDDEN), ...CARD.slice(2)], (pdf) => {
      pdf.rect(176, 58, 100, 16).fill('#ffffff');
      pdf.fillColor('#000000').font('gothic').fontSize(10).text('0000000101', 180, 60, { lineBreak: false });
    });
    expect(document?.readings.filter(({ field }) => field === 'insured_number')).toMatchObject([
      { value: '0000000101' },
    ]);
  });
  it('is not read in a layer that is switched off', async () => {
    const bytes = Buffer.from(
      plainPdf([[...UNNUMBERED, `番号　${HIDDEN}`]], { encoding: '90ms-RKSJ-H' }),
    ).toString('latin1');
    const at = bytes.lastIndexOf('BT ');
    const layered = `${bytes.slice(0, at)}/OC /L1 BDC ${bytes.slice(at).replace('ET', 'ET EMC')}`
      .replace('/F1 5 0 R >>', '/F1 5 0 R >> /Properties << /L1 30 0 R >>')
      .replace('/Catalog', '/Catalog /OCProperties << /OCGs [30 0 R] /D << /OFF [30 0 R] >> >>')
      .replace('5 0 obj', '30 0 obj\n<< /Type /OCG /Name (x) >>\nendobj\n5 0 obj');
    const documents = await read(new Uint8Array(Buffer.from(layered, 'latin1')));
    expect(documents[0]?.kind).toBe('hihokenshasho');
    expect(JSON.stringify(documents)).not.toContain(HIDDEN);
  });
  it('still is searched for a 個人番号, since the file carries it', async () => {
    const documents = await drawn(CARD, (pdf) => {
      pdf.fillColor('#ffffff').font('gothic').fontSize(10);
      pdf.text(`個人番号　${myNumber()}`, 40, 300, { lineBreak: false });
    });
    expect(documents).toMatchObject([{ outcome: 'quarantined', readings: [] }]);
  });
  it('is not the white text of a dark heading', async () => {
    const [document] = await drawn(CARD.slice(1), (pdf) => {
      pdf.rect(30, 10, 400, 26).fill('#204060').fillColor('#ffffff');
      pdf.font('gothic').fontSize(14).text('介護保険被保険者証', 40, 14, { lineBreak: false });
    });
    expect(document?.kind).toBe('hihokenshasho');
  });
  it('has the weight of OCR under a picture, and the picture is read as well', async () => {
    const [document] = await drawn(CARD, fullPage);
    expect(document).toMatchObject({ kind: 'hihokenshasho', read_by: 'ocr', unread_pages: [1] });
    expect(document?.readings.every(({ uncertain }) => uncertain)).toBe(true);
  });
});

it.each(['控', '見本', '写し'])('recognises a title with a large %s across it', async (word) => {
  const [document] = await drawn(CARD, (pdf) => {
    pdf.fillColor('#bbbbbb').font('gothic').fontSize(60).text(word, 60, 16, { lineBreak: false });
  });
  expect(document).toMatchObject({ kind: 'hihokenshasho', findings: [] });
  expect(valuesOf(document)).toMatchObject({ insured_number: '0000000101', name: '見本 花子' });
});

describe('letters that are only shapes', () => {
  /** The card in a font of its own table of characters, in which some letters have codes of no meaning. */
  const withTable = (change: (hex: string) => string): Promise<ReadDocument[]> => {
    const plain = Buffer.from(plainPdf([CARD], { encoding: 'UniJIS-UTF16-H' })).toString('latin1');
    const changed = plain.replace(/<([0-9a-f]+)> Tj/g, (_all, hex: string) => `<${change(hex)}> Tj`);
    return read(new Uint8Array(Buffer.from(changed, 'latin1')));
  };
  it('leave a page to be read as a picture where they are digits among text', async () => {
    const documents = await withTable((hex) =>
      hex.replace(/.{4}/g, (code) => (/^003[0-9]$/.test(code) ? `e0${code.slice(2)}` : code)),
    );
    expect(documents).toMatchObject([{ read_by: 'none', findings: [{ code: 'F_PDF_NO_TEXT' }] }]);
  });
});
