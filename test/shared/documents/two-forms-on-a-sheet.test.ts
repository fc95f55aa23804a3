import { describe, expect, it } from 'vitest';
import { readForm } from '../../../shared/documents/forms/read-form.ts';
import type { PageText, TextLine } from '../../../shared/documents/pages/page-text.ts';
import { formsOf, recogniseDocuments } from '../../../shared/documents/recognise-document.ts';

type Cells = [x: number, text: string][];
const SIZE = 10;

const line = (y: number, cells: Cells, size = SIZE): TextLine => ({
  y,
  size,
  text: cells.map(([, text]) => text).join('\t'),
  cells: cells.map(([x, text]) => ({ text, x, right: x + text.length * size, y, size })),
});
const page = (width: number, height: number, lines: TextLine[]): PageText => ({
  ...{ page: 1, width, height, lines, hasImages: false },
});

const PLAN: Cells = [[50, '介護予防サービス・支援計画書']];
const HYOKA: Cells = [[650, 'サービス評価表']];
const ROWS: Cells[] = [
  [
    [50, '利用者名'],
    [120, '見本 花子'],
    [650, '評価日'],
    [700, '令和6年6月2日'],
  ],
  [
    [50, '計画作成（変更）日'],
    [200, '令和6年6月5日'],
    [650, '利用者氏名'],
    [720, '見本 花子'],
  ],
  [
    [50, '目標とする生活'],
    [160, '散歩'],
    [650, '■'],
    [670, 'プラン変更'],
    [760, '□'],
    [780, 'プラン継続'],
    [860, '□'],
    [880, '終了'],
  ],
];
const a3 = (head: Cells): PageText =>
  page(1190, 842, [line(40, head, 14), ...ROWS.map((cells, i) => line(70 + i * 20, cells))]);

describe('two forms on one sheet', () => {
  it('reads both of two forms beside each other, and neither the values of the other', () => {
    const [sheet, ...others] = recogniseDocuments([a3([...PLAN, ...HYOKA])]);
    expect(others).toEqual([]);
    expect(sheet).toMatchObject({ kind: 'shien_keikakusho', also: ['hyokahyo'] });
    expect(sheet?.pages.map(({ width }) => width)).toEqual([1190]);
    const values = formsOf(sheet!).map(({ kind, title, pages }) =>
      Object.fromEntries(readForm('写し.pdf', kind, title, pages).map(({ field, value }) => [field, value])),
    );
    expect(values[0]).toMatchObject({ plan_created: '2024-06-05' });
    expect(values[0]).not.toHaveProperty('hyoka_date');
    expect(values[1]).toMatchObject({ hyoka_date: '2024-06-02', hyoka_result: 'プラン変更' });
  });

  it('leaves a wide form with one title whole', () => {
    const [sheet] = recogniseDocuments([a3(PLAN)]);
    expect(sheet).toMatchObject({ kind: 'shien_keikakusho', also: [] });
    expect(sheet?.forms).toBeUndefined();
  });

  it('leaves a form whole whose text runs across the middle', () => {
    const across = a3([...PLAN, ...HYOKA]);
    across.lines.push(line(200, [[480, '健康状態について　主治医の意見を踏まえた留意点']]));
    expect(recogniseDocuments([across])[0]?.forms).toBeUndefined();
  });

  it('reads both of two cards one above the other', () => {
    const card = (from: number, title: string, rows: Cells[]): TextLine[] => [
      line(from, [[60, title]], 14),
      ...rows.map((cells, i) => line(from + 24 + i * 18, cells)),
    ];
    const [sheet] = recogniseDocuments([
      page(595, 842, [
        ...card(60, '介護保険被保険者証', [
          [
            [60, '被保険者番号'],
            [160, '0000000101'],
          ],
          [
            [60, '氏名'],
            [160, '見本 花子'],
          ],
          [
            [60, '要介護状態区分等'],
            [160, '要支援１'],
          ],
        ]),
        ...card(400, '介護保険負担割合証', [
          [
            [60, '利用者負担の割合'],
            [160, '１割'],
          ],
          [
            [60, '適用期間'],
            [160, '令和6年8月1日'],
          ],
          [
            [60, '交付年月日'],
            [160, '令和6年7月10日'],
          ],
        ]),
      ]),
    ]);
    expect(sheet).toMatchObject({ kind: 'hihokenshasho', also: ['futan_wariaisho'] });
    expect(sheet?.forms).toHaveLength(2);
  });

  it('takes a heading of a form for no second form', () => {
    const [sheet] = recogniseDocuments([
      page(595, 842, [
        line(60, PLAN, 14),
        ...ROWS.map((cells, i) => line(90 + i * 20, cells.slice(0, 2))),
        line(400, [[60, 'サービス評価表']], 14),
        line(440, [[60, '次の月に作る']]),
      ]),
    ]);
    expect(sheet).toMatchObject({ kind: 'shien_keikakusho', also: [] });
  });
});
