import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import { embeddedPdf, type PageLines, packetFile, row } from '../../../builders/pdf.ts';

/** Marks that are drawn and not typed, in forms made by office software: chosen, not chosen, or a question. */

type Pdf = Parameters<NonNullable<NonNullable<Parameters<typeof embeddedPdf>[1]>['draw']>>[0];

const HYOKA: PageLines = [
  { text: '介護予防支援・サービス評価表', size: 14 },
  row('評価日', '令和6年6月2日', '利用者氏名', '見本 花子'),
  row('目標', '評価期間', '目標達成状況'),
  row('今後の方針', '散歩を続ける'),
];
const RESULTS = ['プラン継続', 'プラン変更', '終了'];

/** The three results at 60, 180 and 300, each with a place for a mark before it. */
const results = { x: [60, 180, 300], y: 200 };
const drawResults = (pdf: Pdf, mark: (x: number, y: number, i: number) => void): void => {
  for (const [i, word] of RESULTS.entries()) {
    const x = results.x[i] as number;
    pdf
      .font('gothic')
      .fontSize(10)
      .fillColor('#000000')
      .text(word, x + 14, results.y, { lineBreak: false });
    mark(x, results.y, i);
  }
};

const read = async (lines: PageLines, draw: (pdf: Pdf) => void) =>
  (await readPdf(packetFile('書類.pdf', await embeddedPdf([lines], { draw }))))[0];
const fieldOf = (document: Awaited<ReturnType<typeof read>>, field: string) =>
  document?.readings.find((reading) => reading.field === field)?.value;
const resultOf = async (mark: (pdf: Pdf, x: number, y: number, i: number) => void) =>
  read(HYOKA, (pdf) => drawResults(pdf, (x, y, i) => mark(pdf, x, y, i)));

const tick = (pdf: Pdf, x: number, y: number): void =>
  void pdf
    .moveTo(x + 1, y + 5)
    .lineTo(x + 4, y + 8)
    .lineTo(x + 9, y)
    .stroke();

describe.each(RESULTS.map((word, i) => [word, i] as const))('with a mark at %s', (word, chosen) => {
  it.each<[string, (pdf: Pdf, x: number, y: number, isOn: boolean, width: number) => void]>([
    [
      'ticked boxes',
      (pdf, x, y, isOn) => {
        pdf.rect(x, y, 9, 9).stroke();
        if (isOn) tick(pdf, x, y);
      },
    ],
    [
      'crossed boxes',
      (pdf, x, y, isOn) => {
        pdf.rect(x, y, 9, 9).stroke();
        if (isOn)
          pdf
            .moveTo(x, y)
            .lineTo(x + 9, y + 9)
            .moveTo(x + 9, y)
            .lineTo(x, y + 9)
            .stroke();
      },
    ],
    [
      'filled boxes',
      (pdf, x, y, isOn) => {
        pdf.rect(x, y, 9, 9).stroke();
        if (isOn) pdf.rect(x + 1.5, y + 1.5, 6, 6).fill('#000000');
      },
    ],
    [
      'boxes drawn as four lines',
      (pdf, x, y, isOn) => {
        pdf
          .moveTo(x, y)
          .lineTo(x + 9, y)
          .lineTo(x + 9, y + 9)
          .lineTo(x, y + 9)
          .lineTo(x, y)
          .stroke();
        if (isOn) tick(pdf, x, y);
      },
    ],
    [
      'a typed tick in a drawn box',
      (pdf, x, y, isOn) => {
        pdf.rect(x, y, 10, 10).stroke();
        if (isOn)
          pdf
            .font('gothic')
            .fontSize(9)
            .text('レ', x + 0.5, y + 0.5, { lineBreak: false });
      },
    ],
    [
      'radio dots',
      (pdf, x, y, isOn) => {
        pdf.circle(x + 4.5, y + 5, 4.5).stroke();
        if (isOn) pdf.circle(x + 4.5, y + 5, 2.5).fill('#000000');
      },
    ],
    [
      'filled circles',
      (pdf, x, y, isOn) => {
        if (isOn) pdf.circle(x + 4.5, y + 5, 4.5).fill('#000000');
        else pdf.circle(x + 4.5, y + 5, 4.5).stroke();
      },
    ],
    [
      'a ring around the word',
      (pdf, x, y, isOn) => {
        if (isOn) pdf.ellipse(x + 36, y + 5, 30, 9).stroke();
      },
    ],
    [
      'the others struck out',
      (pdf, x, y, isOn, width) => {
        if (!isOn)
          pdf
            .moveTo(x + 13, y + 4.2)
            .lineTo(x + 15 + width, y + 4.2)
            .moveTo(x + 13, y + 5.8)
            .lineTo(x + 15 + width, y + 5.8)
            .stroke();
      },
    ],
  ])('reads %s', async (_name, draw) => {
    const document = await resultOf((pdf, x, y, i) =>
      draw(pdf, x, y, i === chosen, 10 * (RESULTS[i] as string).length),
    );
    expect(fieldOf(document, 'hyoka_result')).toBe(word);
  });
});

it.each<[string, (pdf: Pdf, x: number, y: number) => void]>([
  ['empty boxes', (pdf, x, y) => void pdf.rect(x, y, 9, 9).stroke()],
  [
    'boxes that are all ticked',
    (pdf, x, y) => {
      pdf.rect(x, y, 9, 9).stroke();
      tick(pdf, x, y);
    },
  ],
  ['no marks', () => {}],
])('takes no choice from %s and asks for it', async (_name, draw) => {
  const document = await resultOf(draw);
  expect(fieldOf(document, 'hyoka_result')).toBeUndefined();
  expect(document?.findings).toMatchObject([
    { code: 'F_PDF_CHOICE', severity: 'review', where: { page: 1 } },
  ]);
  expect(document?.findings[0]?.message).toContain('プラン継続');
});

const NOTIFICATION: PageLines = [
  { text: '居宅サービス計画・介護予防サービス計画作成依頼（変更）届', size: 14 },
  [
    { text: '区分', x: 330 },
    { text: '新規　・　変更', x: 380 },
  ],
  row('被保険者氏名', '見本 花子', '被保険者番号', '0000000101'),
  row('生年月日', '昭和15年3月15日'),
  row('担当事業所', '地域包括支援センター　・　居宅介護支援事業所'),
  row('届出日', '令和6年5月31日'),
];
// 新規 at 380–400, 変更 at 430–450
const Y = 60 + 5;

it.each<[string, string, (pdf: Pdf) => void]>([
  ['a ring around 新規', '新規', (pdf) => void pdf.ellipse(390, Y, 15, 9).stroke()],
  ['a ring around 変更', '変更', (pdf) => void pdf.ellipse(440, Y, 15, 9).stroke()],
  ['新規 struck out', '変更', (pdf) => void pdf.moveTo(378, Y).lineTo(402, Y).stroke()],
  ['変更 struck out', '新規', (pdf) => void pdf.moveTo(428, Y).lineTo(452, Y).stroke()],
])('reads %s', async (_name, value, draw) => {
  expect(fieldOf(await read(NOTIFICATION, draw), 'notification_kind')).toBe(value);
});

it('does not take the rule beneath a line for a line through it', async () => {
  const document = await read(NOTIFICATION, (pdf) => void pdf.moveTo(40, 74).lineTo(550, 74).stroke());
  expect(fieldOf(document, 'insured_number')).toBe('0000000101');
  expect(document?.findings.map(({ code }) => code)).toEqual(['F_PDF_CHOICE', 'F_PDF_CHOICE']);
});

it.each<[string, string, (pdf: Pdf) => void, boolean | undefined]>([
  ['a ring', 'notification_kind', (pdf) => void pdf.ellipse(390, Y, 15, 9).stroke(), true],
  [
    'a line through the other',
    'notification_kind',
    (pdf) => void pdf.moveTo(428, Y).lineTo(452, Y).stroke(),
    true,
  ],
  ['a ring elsewhere', 'birth_date', (pdf) => void pdf.ellipse(390, Y, 15, 9).stroke(), undefined],
])('notes what was chosen by %s as drawn by hand', async (_name, field, draw, expected) => {
  const document = await read(NOTIFICATION, draw);
  expect(document?.readings.find((reading) => reading.field === field)).toHaveProperty('value');
  expect(document?.readings.find((reading) => reading.field === field)?.by_hand).toBe(expected);
});

it.each<[string, string, string[], string]>([
  [
    '担当事業所',
    '地域包括支援センター　・　居宅介護支援事業所',
    ['地域包括支援センター', '居宅介護支援事業所'],
    'review',
  ],
  ['性別', '男　・　女', ['男', '女'], 'info'],
  ['要介護状態区分', '要支援1　・　要支援2', ['要支援1', '要支援2'], 'review'],
  ['要介護度', '事業対象者　要支援１・２', ['要支援1', '要支援2'], 'review'],
])('asks which option of %s is chosen, where none is marked', async (label, options, words, severity) => {
  const lines = NOTIFICATION.filter((_line, i) => i !== 1 && i !== 4);
  const document = await read([...lines, row(label, options)], () => {});
  expect(document?.findings).toMatchObject([{ code: 'F_PDF_CHOICE', severity }]);
  for (const word of words) expect(document?.findings[0]?.message).toContain(word);
});

it.each([
  ['○要支援1 ○要支援2　認定なし', 0],
  ['○要支援1 ○要支援2 ○認定なし', 1],
  ['○要支援1 ○要支援2　認定あり・認定なし', 1],
])('asks for no level where 認定なし takes its place: %s', async (printed, asked) => {
  const lines = NOTIFICATION.filter((_line, i) => i !== 1 && i !== 4);
  const document = await read([...lines, row('認定情報', printed)], () => {});
  expect(fieldOf(document, 'certification')).toBeUndefined();
  expect(document?.findings.filter(({ code }) => code === 'F_PDF_CHOICE')).toHaveLength(asked);
});

it.each<[string, string | undefined, number]>([
  ['■継続 □変更（見直し） □終了', 'プラン継続', 0],
  ['□継続 ■変更（見直し） □終了', 'プラン変更', 0],
  ['□継続 □変更（見直し） ■終了', '終了', 0],
  ['□継続 □変更（見直し） □終了', undefined, 1],
])('reads the result of a program that words it otherwise: %s', async (printed, value, asked) => {
  const lines = HYOKA.filter((_line, i) => i !== 3);
  const document = await read([...lines, row('計画の継続の要否', printed)], () => {});
  expect(fieldOf(document, 'hyoka_result')).toBe(value);
  expect(document?.findings.filter(({ code }) => code === 'F_PDF_CHOICE')).toHaveLength(asked);
});

it('leaves the digits of a number in a row of boxes alone', async () => {
  const digits = [...'0000000101'].map((text, i) => ({ text, x: 180 + i * 14, y: 82 }));
  const document = await read(
    [...NOTIFICATION.slice(0, 2), [{ text: '被保険者番号', y: 82 }, ...digits], ...NOTIFICATION.slice(3)],
    (pdf) => {
      for (let i = 0; i < 10; i++) pdf.rect(178 + i * 14, 80, 14, 14).stroke();
    },
  );
  expect(fieldOf(document, 'insured_number')).toBe('0000000101');
});

const ring = (pdf: Pdf, from: number, to: number): void =>
  void pdf.ellipse((from + to) / 2, results.y + 5, (to - from) / 2 + 6, 9).stroke();

it.each<[string, (pdf: Pdf) => void]>([
  [
    'rings around two options',
    (pdf) => {
      ring(pdf, 74, 124);
      ring(pdf, 194, 244);
    },
  ],
  ['one ring around two options', (pdf) => ring(pdf, 74, 244)],
])('takes %s for no choice, and none of them for the third', async (_, draw) => {
  const document = await read(HYOKA, (pdf) => {
    drawResults(pdf, () => {});
    draw(pdf);
  });
  expect(fieldOf(document, 'hyoka_result')).toBeUndefined();
  expect(document?.findings).toMatchObject([{ code: 'F_PDF_CHOICE', severity: 'review' }]);
});

it('does not see a note that is hidden', async () => {
  const bytes = await embeddedPdf([HYOKA], {
    draw: (pdf) => {
      drawResults(pdf, () => {});
      pdf.ellipseAnnotation(188, results.y - 4, 62, 18, { F: 2 } as PDFKit.Mixins.AnnotationOption);
    },
  });
  const [document] = await readPdf(packetFile('書類.pdf', bytes));
  expect(fieldOf(document, 'hyoka_result')).toBeUndefined();
});

it('asks about an open choice of one person beside the clear one of another in the same file', async () => {
  const page = (name: string, ...results: string[]): PageLines => [
    { text: '介護予防支援・サービス評価表', size: 14 },
    row('評価日', '令和6年6月2日', '利用者氏名', name),
    row('目標', '評価期間', '目標達成状況'),
    row(...results),
  ];
  const pages = [
    page('見本 花子', '■プラン継続', '□プラン変更', '□終了'),
    page('見本 一郎', '□プラン継続', '□プラン変更', '□終了'),
  ];
  const documents = await readPdf(packetFile('書類.pdf', await embeddedPdf(pages)));
  const asked = documents.map(({ findings }) =>
    findings.some(({ message }) => message.includes('プラン継続')),
  );
  expect(asked).toEqual([false, true]);
});
