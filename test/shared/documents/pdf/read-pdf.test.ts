import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { PDF_LIMITS } from '../../../../shared/documents/pages/pdf-limits.ts';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import {
  embeddedPdf,
  type PageLines,
  packetFile,
  plainPdf,
  rawPdf,
  row,
  SHAPES_ONLY_FONT,
} from '../../../builders/pdf.ts';

const KIHON: PageLines = [
  { text: '利用者基本情報', size: 16 },
  row('作成担当者名', '見本 太郎', '相談日', '令和6年6月20日'),
  row('本人氏名', '見本 花子', '性別', '■女　□男'),
  row('被保険者番号', '0000000101', '保険者番号', '431007'),
  row('生年月日', '昭和15年3月1日'),
  row('住所', '熊本市見本区一丁目1-1'),
  row('認定情報', '□要支援1　■要支援2　□事業対象者'),
];
const KIHON_PAGE_2: PageLines = [
  '《介護予防に関する事項》',
  row('今までの生活', '農業を営んでいた'),
  '上記の内容について、利用者基本情報等を提示することに同意します。',
  '令和6年6月21日　氏名　見本 花子　印',
];
const CARD: PageLines = [
  { text: '介護保険被保険者証', size: 14 },
  row('番号', '0000000101'),
  row('氏名', '見本 花子'),
  row('生年月日', '昭和15年3月1日'),
  row('要介護状態区分等', '要支援2'),
];
const LETTER: PageLines = [{ text: 'お世話になっております', size: 14 }, '先日の件、よろしくお願いします。'];

const read = async (bytes: Uint8Array, limits = PDF_LIMITS): Promise<ReadDocument[]> =>
  readPdf(packetFile('書類.pdf', bytes), limits);
const valuesOf = (document: ReadDocument | undefined): Record<string, unknown> =>
  Object.fromEntries((document?.readings ?? []).map(({ field, value }) => [field, value]));
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const codes = (documents: ReadDocument[]): string[] =>
  documents.flatMap(({ findings }) => findings.map(({ code }) => code));

const PERSON = {
  insured_number: '0000000101',
  insurer_number: '431007',
  name: '見本 花子',
  sex: '女',
  birth_date: '1940-03-01',
  address: '熊本市見本区一丁目1-1',
  certification: '要支援2',
  care_manager_name: '見本 太郎',
};

describe('readPdf, text of every kind of font', () => {
  it.each([
    ['with the font inside', async () => embeddedPdf([KIHON])],
    [
      'with a font that is only named, 90ms-RKSJ-H',
      async () => plainPdf([KIHON], { encoding: '90ms-RKSJ-H' }),
    ],
    [
      'with a font that is only named, UniJIS-UTF16-H',
      async () => plainPdf([KIHON], { encoding: 'UniJIS-UTF16-H' }),
    ],
    ['on pages turned by 90 degrees', async () => plainPdf([KIHON], { encoding: '90ms-RKSJ-H', rotate: 90 })],
    ['on pages upside down', async () => plainPdf([KIHON], { encoding: '90ms-RKSJ-H', rotate: 180 })],
    [
      'on pages turned by 270 degrees',
      async () => plainPdf([KIHON], { encoding: '90ms-RKSJ-H', rotate: 270 }),
    ],
    ['on a page on its side', async () => embeddedPdf([KIHON], { layout: 'landscape' })],
  ])('returns the same values %s', async (_name, make) => {
    const [document, ...others] = await read(await make());
    expect(others).toEqual([]);
    expect(document).toMatchObject({
      kind: 'riyosha_kihon_joho',
      title: '利用者基本情報',
      read_by: 'text',
      outcome: 'used',
      pages: { from: 1, to: 1 },
      findings: [],
    });
    expect(valuesOf(document)).toMatchObject(PERSON);
  });

  it('names file and page of every value, and what was printed', async () => {
    const [document] = await read(await embeddedPdf([KIHON, KIHON_PAGE_2]));
    const birth = document?.readings.find(({ field }) => field === 'birth_date');
    expect(birth).toMatchObject({ raw: '昭和15年3月1日', where: { file: '書類.pdf', page: 1 } });
    const consent = document?.readings.find(({ field }) => field === 'consent_date');
    expect(consent).toMatchObject({ value: '2024-06-21', where: { page: 2 } });
  });

  it('reads text that the page prints sideways', async () => {
    const sideways = await embeddedPdf([[]], {
      draw: (pdf) => {
        pdf
          .rotate(-90, { origin: [0, 0] })
          .translate(-842, 0)
          .font('gothic');
        pdf.fontSize(16).text('介護保険被保険者証', 40, 40, { lineBreak: false }).fontSize(10);
        pdf.text('番号', 40, 80, { lineBreak: false }).text('0000000101', 140, 80, { lineBreak: false });
        pdf.text('氏名', 40, 100, { lineBreak: false }).text('見本 花子', 140, 100, { lineBreak: false });
        pdf
          .text('生年月日', 40, 120, { lineBreak: false })
          .text('昭和15年3月1日', 140, 120, { lineBreak: false });
      },
    });
    const [document] = await read(sideways);
    expect(document?.kind).toBe('hihokenshasho');
    expect(valuesOf(document)).toMatchObject({ insured_number: '0000000101', name: '見本 花子' });
  });

  it('leaves the bytes of the caller as they were', async () => {
    const bytes = await embeddedPdf([CARD]);
    const before = bytes.slice();
    await read(bytes);
    expect(bytes).toEqual(before);
  });
});

describe('readPdf, several forms in one file', () => {
  it('splits at every title and keeps pages without one with the form before', async () => {
    const documents = await read(await embeddedPdf([KIHON, KIHON_PAGE_2, CARD]));
    expect(documents.map(({ kind, pages }) => [kind, pages])).toEqual([
      ['riyosha_kihon_joho', { from: 1, to: 2 }],
      ['hihokenshasho', { from: 3, to: 3 }],
    ]);
  });

  it('warns of pages before the first known form and names them', async () => {
    const documents = await read(await embeddedPdf([LETTER, CARD]));
    expect(documents.map(({ kind }) => kind)).toEqual([null, 'hihokenshasho']);
    expect(documents[0]?.findings).toMatchObject([
      { code: 'F_PDF_UNKNOWN_FORM', severity: 'warn', where: { file: '書類.pdf', page: 1 } },
    ]);
  });

  it('keeps a blank back with its sheet', async () => {
    const documents = await read(await embeddedPdf([KIHON, [], CARD]));
    expect(documents.map(({ kind, pages }) => [kind, pages])).toEqual([
      ['riyosha_kihon_joho', { from: 1, to: 2 }],
      ['hihokenshasho', { from: 3, to: 3 }],
    ]);
    expect(codes(documents)).toEqual([]);
  });
});

const PICTURE = {
  font: SHAPES_ONLY_FONT,
  resources: '/XObject << /Im0 20 0 R >>',
  objects: {
    20: '<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 4 >>\nstream\nabcd\nendstream',
  },
};
const DRAW_PICTURE = 'q 595 0 0 842 0 0 cm /Im0 Do Q';

describe('readPdf, pages without characters', () => {
  it('sends a picture to review and does not call it read', async () => {
    const documents = await read(rawPdf([DRAW_PICTURE], PICTURE));
    expect(documents).toMatchObject([
      { kind: null, read_by: 'none', outcome: 'unreadable', pages: { from: 1, to: 1 } },
    ]);
    expect(documents[0]?.findings).toMatchObject([{ code: 'F_PDF_NO_TEXT', severity: 'review' }]);
  });

  it('never takes shapes without characters for text', async () => {
    const shapes = 'BT /F1 12 Tf 40 700 Td <0456078A0F2312AB04C10777056604FF> Tj ET';
    const documents = await read(rawPdf([shapes], { font: SHAPES_ONLY_FONT }));
    expect(documents).toMatchObject([{ read_by: 'none', outcome: 'unreadable' }]);
    expect(codes(documents)).toEqual(['F_PDF_NO_TEXT']);
  });

  it('reads the rest of a page and says so when one of its fonts is no text', async () => {
    const good = Buffer.from(plainPdf([CARD], { encoding: '90ms-RKSJ-H' })).toString('latin1');
    const shapes = SHAPES_ONLY_FONT.map((font) => font.replace('6 0 R', '41 0 R').replace('7 0 R', '42 0 R'));
    const bytes = good
      .replace('/F1 5 0 R', '/F1 5 0 R /F2 40 0 R')
      .replace('\nBT', '\nBT /F2 10 Tf 300 600 Td <0456078A0F2312AB04C10777056604FF> Tj ET\nBT')
      .replace(
        '5 0 obj',
        `${shapes.map((font, i) => `${40 + i} 0 obj\n${font}\nendobj`).join('\n')}\n5 0 obj`,
      );
    const [document, ...others] = await read(new Uint8Array(Buffer.from(bytes, 'latin1')));
    expect(others).toEqual([]);
    expect(document).toMatchObject({ kind: 'hihokenshasho', read_by: 'text' });
    expect(document?.findings).toMatchObject([
      { code: 'F_PDF_NO_TEXT', severity: 'review', where: { page: 1 } },
    ]);
  });

  it('gives a blank page at the front to the sheet behind it', async () => {
    const documents = await read(await embeddedPdf([[], CARD]));
    expect(documents).toMatchObject([{ kind: 'hihokenshasho', pages: { from: 1, to: 2 }, findings: [] }]);
  });

  it('says of a file without any ink that nothing is printed', async () => {
    const documents = await read(await embeddedPdf([[]]));
    expect(documents[0]?.findings[0]?.message).toContain('何も印刷されていません');
  });

  it('names a page with more letters than any form', async () => {
    const documents = await read(await embeddedPdf([CARD]), { ...PDF_LIMITS, charactersPerPage: 5 });
    expect(codes(documents)).toEqual(['F_FILE_TOO_LARGE']);
    expect(documents[0]?.findings[0]?.message).toContain('5文字');
  });

  it('reads letters drawn as lines as no text', async () => {
    const documents = await read(rawPdf(['40 700 m 60 720 l 80 700 l S'], { font: SHAPES_ONLY_FONT }));
    expect(codes(documents)).toEqual(['F_PDF_NO_TEXT']);
  });

  it('names the pages that were not read in a file that was', async () => {
    const bytes = await embeddedPdf([CARD, [], [], KIHON], {
      draw: (pdf, page) => {
        if (page === 2 || page === 3) pdf.rect(50, 50, 400, 500).fill('#888888');
      },
    });
    const documents = await read(bytes);
    expect(documents.map(({ kind, read_by, pages }) => [kind, read_by, pages])).toEqual([
      ['hihokenshasho', 'text', { from: 1, to: 1 }],
      [null, 'none', { from: 2, to: 3 }],
      ['riyosha_kihon_joho', 'text', { from: 4, to: 4 }],
    ]);
    expect(documents[1]?.findings[0]?.message).toContain('2〜3ページ');
  });
});

describe('readPdf, files that cannot be opened', () => {
  it.each([
    ['an empty file', async () => new Uint8Array(), '0バイト'],
    [
      'a file that is no PDF',
      async () => new TextEncoder().encode('こんにちは'),
      'PDFのファイルではありません',
    ],
    ['a file cut off', async () => (await embeddedPdf([KIHON])).slice(0, 4000), '途中で切れて'],
    [
      'a header and nothing else',
      async () => new TextEncoder().encode('%PDF-1.7\nxxxx\n%%EOF\n'),
      '構造が壊れて',
    ],
  ])('says in Japanese what is wrong with %s', async (_name, make, cause) => {
    const documents = await read(await make());
    expect(documents).toMatchObject([{ kind: null, read_by: 'none', outcome: 'unreadable', pages: null }]);
    expect(documents[0]?.findings).toMatchObject([
      { code: 'F_PDF_BROKEN', severity: 'error', where: { file: '書類.pdf' } },
    ]);
    expect(documents[0]?.findings[0]?.message).toContain(cause);
    expect(documents[0]?.findings[0]?.remedy).not.toBe('');
  });

  it('asks for a file without password', async () => {
    const documents = await read(await embeddedPdf([CARD], { userPassword: 'himitsu' }));
    expect(codes(documents)).toEqual(['F_PDF_ENCRYPTED']);
  });

  it('reads a file that only forbids printing', async () => {
    const documents = await read(await embeddedPdf([CARD], { ownerPassword: 'himitsu' }));
    expect(documents.map(({ kind }) => kind)).toEqual(['hihokenshasho']);
  });

  it('states the limit when a file has too many pages', async () => {
    const documents = await read(await embeddedPdf([CARD, CARD, CARD]), { ...PDF_LIMITS, pages: 2 });
    expect(documents[0]?.findings).toMatchObject([{ code: 'F_PDF_TOO_MANY_PAGES', severity: 'error' }]);
    expect(documents[0]?.findings[0]?.message).toMatch(/3ページ.*2ページまで/);
    expect(documents[0]?.pages).toEqual({ from: 1, to: 3 });
  });

  it.each([1, 2, 3])('reads the same documents in turns of %i pages', async (pagesAtOnce) => {
    const bytes = await embeddedPdf([KIHON, KIHON_PAGE_2, CARD, LETTER, KIHON, KIHON_PAGE_2]);
    const whole = await read(bytes);
    const inTurns = await read(bytes, { ...PDF_LIMITS, pagesAtOnce });
    expect(whole.map(({ pages }) => pages)).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
      { from: 5, to: 6 },
    ]);
    if (pagesAtOnce > 2) expect(inTurns).toEqual(whole);
    // A form longer than a turn is cut; no page is lost or read twice.
    const pages = inTurns.flatMap(({ pages: p }) => (p ? range(p.from, p.to) : []));
    expect(pages).toEqual(range(1, 6));
  });

  it('takes the next page of a form that names another person for a form of its own', async () => {
    const of = (number: string, page: string): PageLines => [
      page,
      CARD[0]!,
      row('番号', number),
      row('氏名', '見本 花子'),
    ];
    const pagesOf = async (...pages: PageLines[]) =>
      (await read(await embeddedPdf(pages))).map(({ pages: span }) => span?.to);
    expect(await pagesOf(of('0000000101', '1/2'), of('0000000102', '2/2'))).toEqual([1, 2]);
    expect(await pagesOf(of('0000000101', '1/2'), of('0000000101', '2/2'))).toEqual([2]);
  });

  it('gives up at the time limit and names the pages that were not read', async () => {
    const documents = await read(await embeddedPdf([CARD, KIHON]), { ...PDF_LIMITS, seconds: -1 });
    expect(documents).toMatchObject([{ pages: { from: 1, to: 2 }, read_by: 'none', outcome: 'unreadable' }]);
    expect(codes(documents)).toEqual(['F_FILE_TOO_LARGE']);
  });

  it('reads the whole pages of a file in which one page is broken', async () => {
    const good = plainPdf([CARD, CARD], { encoding: '90ms-RKSJ-H' });
    const text = Buffer.from(good).toString('latin1');
    const at = text.indexOf('102 0 obj');
    const bytes = Buffer.from(
      `${text.slice(0, at)}102 0 obj\n<< /Type /Pxge /Kids 9 >>\n`.padEnd(text.indexOf('endobj', at)) +
        text.slice(text.indexOf('endobj', at)),
      'latin1',
    );
    const documents = await read(new Uint8Array(bytes));
    expect(documents[0]?.kind).toBe('hihokenshasho');
    expect(
      documents.reduce((sum, { pages }) => sum + (pages ? pages.to - pages.from + 1 : 0), 0),
    ).toBeGreaterThan(0);
  });
});

/** A page of text with a picture at a place (from the bottom left), the text in a rendering mode of choice. */
function withPicture(
  lines: PageLines,
  picture: string,
  options: { mode?: number; page?: string; more?: string } = {},
): Uint8Array {
  const text = Buffer.from(plainPdf([lines], { encoding: '90ms-RKSJ-H' })).toString('latin1');
  const drawn = text
    .replace('\nBT', `\nq ${picture} cm /Im0 Do Q ${options.mode ?? 0} Tr\nBT`)
    .replace('/F1 5 0 R >>', '/F1 5 0 R >> /XObject << /Im0 20 0 R >>')
    .replace('/Contents 101 0 R', `/Contents 101 0 R ${options.page ?? ''}`)
    .replace('5 0 obj', `20 0 obj\n${PICTURE.objects[20]}\nendobj\n${options.more ?? ''}5 0 obj`);
  return new Uint8Array(Buffer.from(drawn, 'latin1'));
}

describe('readPdf, seals and scans', () => {
  const UNSIGNED: PageLines = [
    { text: '介護予防サービス・支援計画書', size: 14 },
    row('利用者名', '見本 花子'),
    row('計画作成（変更）日', '令和6年6月28日'),
    '上記計画について、同意いたします。',
    { text: '氏名　　　　　　　　　　印', x: 40, y: 400 },
  ];

  it('calls an empty field not signed although the page has a logo elsewhere', async () => {
    const [document] = await read(withPicture(UNSIGNED, '60 0 0 30 500 790'));
    expect(valuesOf(document)).toMatchObject({ signed: false });
  });

  it('says nothing of an empty field with a picture in it', async () => {
    const [document] = await read(withPicture(UNSIGNED, '40 0 0 40 180 420'));
    expect(document?.kind).toBe('shien_keikakusho');
    expect(valuesOf(document)).not.toHaveProperty('signed');
  });

  it('says nothing of an empty field written in by pen', async () => {
    const ink =
      '21 0 obj\n<< /Type /Annot /Subtype /Ink /Rect [80 425 180 445] /InkList [[80 430 120 440]] >>\nendobj\n';
    const [document] = await read(
      withPicture(UNSIGNED, '60 0 0 30 500 790', { page: '/Annots [21 0 R]', more: ink }),
    );
    expect(valuesOf(document)).not.toHaveProperty('signed');
  });

  it('marks values of a text laid invisibly over a scan as uncertain', async () => {
    const [document] = await read(withPicture(KIHON, '595 0 0 842 0 0', { mode: 3 }));
    expect(document).toMatchObject({ kind: 'riyosha_kihon_joho', read_by: 'ocr' });
    expect(document?.readings.every(({ uncertain }) => uncertain)).toBe(true);
    expect(document?.findings).toMatchObject([{ code: 'F_FILE_OCR', severity: 'review' }]);
  });

  it('warns of files that travel inside the PDF', async () => {
    const bytes = await embeddedPdf([CARD], { draw: (pdf) => pdf.file(Buffer.from('x'), { name: 'a.txt' }) });
    const [document] = await read(bytes);
    expect(document?.findings).toMatchObject([{ code: 'F_FILE_UNKNOWN', severity: 'warn' }]);
    expect(document?.findings[0]?.message).toContain('a.txt');
  });

  it('warns of a file that is pinned to a page, also where its words are left out', async () => {
    const note =
      '21 0 obj\n<< /Type /Annot /Subtype /FileAttachment /Rect [80 425 100 445] /FS << /F (b.pdf) /EF << /F 22 0 R >> >> >>\nendobj\n22 0 obj\n<< /Length 1 >>\nstream\nx\nendstream\nendobj\n';
    const [document] = await read(
      withPicture(CARD, '60 0 0 30 500 790', { page: '/Annots [21 0 R]', more: note }),
    );
    expect(document?.findings.map(({ message }) => message).join()).toContain('b.pdf');
  });

  it('reads a PDF of which the gateway dropped the end mark alone, and no other', async () => {
    const whole = Buffer.from(await embeddedPdf([CARD]));
    const end = whole.lastIndexOf('%%EOF');
    const [read_] = await read(whole.subarray(0, end));
    expect(read_).toMatchObject({ kind: 'hihokenshasho', outcome: 'used' });
    const [cut] = await read(whole.subarray(0, end - 3));
    expect(cut).toMatchObject({ outcome: 'unreadable' });
  });
});

describe('readPdf, damaged bytes', () => {
  it('never throws, and ends every damaged file as read or with a reason', async () => {
    const whole = [
      plainPdf([KIHON, CARD], { encoding: '90ms-RKSJ-H' }),
      await embeddedPdf([KIHON_PAGE_2, CARD]),
    ];
    let state = 5;
    const random = (below: number): number => {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 60; round++) {
      const bytes = (whole[round % 2] as Uint8Array).slice();
      for (let i = random(30); i >= 0; i--) {
        const at = random(bytes.length);
        if (random(2)) bytes[at] = random(256);
        else bytes.fill(0x20, at, at + random(200));
      }
      const documents = await read(bytes);
      expect(documents.length).toBeGreaterThan(0);
      for (const document of documents)
        expect(document.read_by !== 'none' || document.findings.length > 0).toBe(true);
    }
  });
});

describe('readPdf, form fields and notes', () => {
  it('reads values and check boxes of a form to fill in', async () => {
    const bytes = await embeddedPdf(
      [[{ text: '介護保険被保険者証', size: 14 }, row('番号'), row('氏名'), row('生年月日')]],
      {
        draw: (pdf) => {
          pdf.initForm();
          pdf.formText('number', 180, 58, 200, 16, { value: '0000000102', fontSize: 10 } as never);
          pdf
            .font('Helvetica')
            .formText('birth', 180, 98, 200, 16, { value: '1940-03-01', fontSize: 10 } as never);
        },
      },
    );
    const [document] = await read(bytes);
    expect(valuesOf(document)).toMatchObject({ insured_number: '0000000102', birth_date: '1940-03-01' });
  });

  it('reads a note written on the page and a ticked box', async () => {
    const note = `FEFF${Buffer.from('見本 花子', 'utf16le').swap16().toString('hex')}`;
    const content = Buffer.from(
      plainPdf(
        [
          [
            { text: '介護保険被保険者証', size: 14 },
            row('番号', '0000000103'),
            row('氏名'),
            row('生年月日', '昭和15年3月1日'),
            row('性別', '　男　　　　女'),
          ],
        ],
        { encoding: '90ms-RKSJ-H' },
      ),
    ).toString('latin1');
    const box = (x: number, on: boolean): string =>
      `<< /Type /Annot /Subtype /Widget /FT /Btn /T (b${x}) /Rect [${x} 716 ${x + 10} 726] /V /${on ? 'Yes' : 'Off'} /AS /${on ? 'Yes' : 'Off'} /AP << /N << /Yes 30 0 R /Off 30 0 R >> >> >>`;
    const bytes = Buffer.from(
      content
        .replace(/\/Contents 101 0 R/, '/Contents 101 0 R /Annots [21 0 R 22 0 R 23 0 R]')
        .replace(
          /5 0 obj/,
          `21 0 obj\n<< /Type /Annot /Subtype /FreeText /Rect [180 750 300 766] /Contents <${note}> /DA (/Helv 10 Tf) >>\nendobj\n22 0 obj\n${box(178, false)}\nendobj\n23 0 obj\n${box(218, true)}\nendobj\n30 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 0 >>\nstream\n\nendstream\nendobj\n5 0 obj`,
        ),
      'latin1',
    );
    const [document] = await read(new Uint8Array(bytes));
    expect(valuesOf(document)).toMatchObject({ name: '見本 花子', insured_number: '0000000103', sex: '女' });
  });
});

describe('a form of Adobe (XFA)', () => {
  const withXfa = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const pdf = await PDFDocument.load(bytes);
    const form = pdf.context.register(pdf.context.stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>'));
    pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({ XFA: form, Fields: [] }));
    return pdf.save();
  };

  it.each<[string, PageLines]>([
    ['that ask for Adobe Reader', ['Please wait... If this message is not eventually replaced']],
    ['that are empty', []],
  ])('is named as what it is where other programs show pages %s', async (_, lines) => {
    const documents = await read(await withXfa(await embeddedPdf([lines])));
    expect(documents).toMatchObject([{ outcome: 'unreadable', findings: [{ code: 'F_FILE_UNKNOWN' }] }]);
    expect(documents[0]?.findings[0]?.message).toContain('XFA');
  });

  it('is read where its pages show it', async () => {
    const documents = await read(await withXfa(await embeddedPdf([KIHON])));
    expect(documents).toMatchObject([{ kind: 'riyosha_kihon_joho', findings: [] }]);
  });
});
