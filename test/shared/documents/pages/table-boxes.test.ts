import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../../shared/documents/pdf/read-pdf.ts';
import { embeddedPdf, type PageLines, packetFile } from '../../../builders/pdf.ts';

type Pdfkit = Parameters<NonNullable<NonNullable<Parameters<typeof embeddedPdf>[1]>['draw']>>[0];

/** A row of boxes: left edges, the right edge last. */
const EDGES = [40, 110, 300, 370, 555];
const at = (column: number, y: number, text: string) => ({ text, x: EDGES[column]! + 3, y, size: 9 });

/** A plan whose labels and values wrap in their boxes, each in the middle of its row. */
const PLAN: PageLines = [
  { text: '介護予防サービス・支援計画書', size: 14, x: 180, y: 40 },
  [at(0, 80, '利用者名'), at(1, 80, '見本 花子'), at(2, 80, '被保険者番号'), at(3, 80, '0000000101')],
  [at(0, 102, '認定の有効期'), at(0, 113, '間'), at(1, 107, '令和6年4月1日～令和7年3月31日')],
  [at(2, 102, '計画作成者氏'), at(2, 113, '名'), at(3, 107, '検査 次子')],
  [at(0, 132, '担当地域包括'), at(0, 143, '支援センター'), at(1, 138, '見本地域包括支援センター')],
  [
    at(2, 132, '計画作成（変'),
    at(2, 143, '更）日'),
    at(3, 132, '令和6年5月10日（初回作成日 令和'),
    at(3, 143, '5年10月1日）'),
  ],
];
const ROWS = [74, 98, 128, 158];

const asBoxes = (pdf: Pdfkit): void => {
  for (const [i, y] of ROWS.slice(0, -1).entries())
    for (const [j, x] of EDGES.slice(0, -1).entries())
      pdf.rect(x, y, EDGES[j + 1]! - x, ROWS[i + 1]! - y).stroke();
};
const asLines = (pdf: Pdfkit): void => {
  for (const y of ROWS) pdf.moveTo(EDGES[0]!, y).lineTo(EDGES.at(-1)!, y).stroke();
  for (const x of EDGES) pdf.moveTo(x, ROWS[0]!).lineTo(x, ROWS.at(-1)!).stroke();
};
const asBars = (pdf: Pdfkit): void => {
  for (const y of ROWS) pdf.rect(EDGES[0]!, y, EDGES.at(-1)! - EDGES[0]!, 0.7).fill();
  for (const x of EDGES) pdf.rect(x, ROWS[0]!, 0.7, ROWS.at(-1)! - ROWS[0]!).fill();
};

describe('a table whose text wraps in its boxes', () => {
  it.each([
    ['rectangles', asBoxes],
    ['lines', asLines],
    ['thin bars', asBars],
  ])('is read by its boxes, drawn as %s', async (_, draw) => {
    const bytes = await embeddedPdf([PLAN], { draw });
    const [plan] = await readPdf(packetFile('計画書.pdf', bytes));
    const read = Object.fromEntries(plan!.readings.map(({ field, value }) => [field, value]));
    expect(read).toMatchObject({
      name: '見本 花子',
      insured_number: '0000000101',
      cert_valid_from: '2024-04-01',
      cert_valid_to: '2025-03-31',
      care_manager_name: '検査 次子',
      center_name: '見本地域包括支援センター',
      plan_created: '2024-05-10',
      plan_first_created: '2023-10-01',
    });
  });

  it('is read without the stamp that leans over it', async () => {
    const stamped = (pdf: Pdfkit): void => {
      asBoxes(pdf);
      pdf.save().rotate(-8, { origin: [400, 90] });
      for (const [i, text] of ['受付', '令和6年6月5日', '見本市'].entries())
        pdf.fontSize(10).text(text, 372, 78 + 12 * i, { lineBreak: false });
      pdf.restore();
    };
    const bytes = await embeddedPdf([PLAN], { draw: stamped });
    const [plan] = await readPdf(packetFile('計画書.pdf', bytes));
    const read = Object.fromEntries(plan!.readings.map(({ field, value }) => [field, value]));
    expect(read).toMatchObject({ insured_number: '0000000101', plan_created: '2024-05-10' });
  });

  it('leaves the lines of a form alone that one frame surrounds', async () => {
    const frame = (pdf: Pdfkit): void => void pdf.rect(20, 20, 555, 780).stroke();
    const form: PageLines = [
      { text: '介護保険被保険者証', size: 14 },
      [{ text: '番号' }, { text: '0000000101' }],
      [{ text: '氏名' }, { text: '見本 花子' }],
      { text: '生年月日　昭和15年3月1日', y: 112 },
      [{ text: '要介護状態区分等' }, { text: '要支援2' }],
    ];
    const [card] = await readPdf(packetFile('証.pdf', await embeddedPdf([form], { draw: frame })));
    expect(card!.readings.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['insured_number', 'name', 'birth_date', 'certification']),
    );
  });
});
