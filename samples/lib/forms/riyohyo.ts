import { unitLines } from '../csv/upsikyu.ts';
import type { Case, Service } from '../model.ts';
import { daysIn, planner, serviceDays, wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { label, newPage, putCell, putSeal, putTable, putText, putTitle } from '../page.ts';

export interface RiyohyoOptions {
  title?: string;
  /** marked 「写」, for the center */
  copy?: boolean;
  /** the user's confirmation seal; false leaves the box empty */
  stamped: boolean;
}

const LEFT = 24;

/** サービス利用票（兼居宅サービス計画）: one line of 予定 and one of 実績 for each service. */
export function riyohyo(c: Case, o: RiyohyoOptions): Page[] {
  const page = newPage(true);
  const p = c.person;
  const by = planner(c);
  const days = daysIn(c.month);
  let y = putTitle(
    page,
    18,
    `${o.title ?? '介護予防サービス利用票（兼介護予防サービス計画）'}${o.copy ? '（写）' : ''}`,
    12,
  );
  putText(page, LEFT, y, `${wareki(c.month)}分`, { size: 10 });
  y = putTable(
    page,
    LEFT,
    y + 14,
    [70, 90, 70, 110, 80, 150, 80, 144],
    [
      [
        label('保険者番号'),
        c.city.insurer,
        label('保険者名'),
        c.city.name,
        label('居宅介護支援事業者\n事業所名・担当者名'),
        `${by.name}\n${by.author}`,
        label('作成年月日'),
        wareki(`${c.month}-01`),
      ],
      [
        label('被保険者番号'),
        p.insured,
        label('フリガナ\n被保険者氏名'),
        `${p.kana}\n${p.name}`,
        label('事業所番号'),
        by.number,
        label('利用者確認'),
        o.stamped ? '確認済' : '',
      ],
      [
        label('生年月日'),
        wareki(p.birth),
        label('性別'),
        p.sex,
        label('要介護状態区分等'),
        p.certification,
        label('区分支給限度基準額'),
        p.certification === '要支援2' ? '10,531単位／月' : '5,032単位／月',
      ],
      [
        label('限度額適用期間'),
        { text: `${wareki(p.certFrom)}～${wareki(p.certTo)}`, span: 3 },
        label('前月までの短期入所利用日数'),
        '0日',
        label('届出年月日'),
        wareki(c.planDate),
      ],
    ],
    { size: 7, minHeight: 18 },
  );
  if (o.stamped) putSeal(page, 795, y - 46, p.name);
  const DAY = 15.4;
  const fixed: [string, number][] = [
    ['提供時間帯', 58],
    ['サービス内容', 92],
    ['サービス事業者・事業所名', 110],
    ['', 26],
  ];
  const cell = (x: number, at: number, w: number, h: number, text: string, isLabel = false) =>
    putCell(page, x, at, w, h, text, { size: 6.5, align: 'center', label: isLabel });
  let x = LEFT;
  y += 8;
  for (const [name, w] of fixed) {
    cell(x, y, w, 28, name === '' ? '日付' : name, true);
    x += w;
  }
  for (let day = 1; day <= days; day += 1) {
    cell(x, y, DAY, 14, String(day), true);
    cell(x, y + 14, DAY, 14, weekdayName(c.month, day), true);
    x += DAY;
  }
  cell(x, y, 28, 28, '合計回数', true);
  y += 28;
  for (const service of c.planned.filter((s) => s.code !== null)) y = serviceRows(page, y, c, service, DAY);
  putText(page, LEFT, y + 6, '※「予定」は計画に位置付けたサービス、「実績」は利用した日に 1 を記入する。', {
    size: 7,
  });
  return [page];
}

const weekdayName = (month: string, day: number): string => {
  const date = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, day));
  return '日月火水木金土'[date.getUTCDay()] ?? '';
};

function serviceRows(page: Page, y: number, c: Case, service: Service, dayWidth: number): number {
  const H = 15;
  const isRental = service.kind === '67';
  const cell = (x: number, at: number, w: number, h: number, text: string) =>
    putCell(page, x, at, w, h, text, { size: 6.5, align: 'center' });
  cell(LEFT, y, 58, H * 2, isRental ? '' : `${service.start}～${service.end}`);
  cell(LEFT + 58, y, 92, H * 2, `${service.name}\n${service.code}`);
  cell(LEFT + 150, y, 110, H * 2, `${service.provider.name}\n${service.provider.number}`);
  const used = c.used?.some((s) => s.code === service.code) ?? false;
  for (const [row, name, counts] of [
    [0, '予定', true],
    [1, '実績', used],
  ] as const) {
    const at = y + row * H;
    cell(LEFT + 260, at, 26, H, name);
    const dates = counts ? (isRental ? [`${c.month}-01`] : serviceDays(c.month, service.weekday)) : [];
    let x = LEFT + 286;
    for (let day = 1; day <= daysIn(c.month); day += 1) {
      const hit = dates.includes(`${c.month}-${String(day).padStart(2, '0')}`);
      cell(x, at, dayWidth, H, hit ? '1' : '');
      x += dayWidth;
    }
    cell(x, at, 28, H, row === 1 && c.used === null ? '' : String(dates.length));
  }
  return y + H * 2;
}

/** サービス利用票別表: units, money and the limit. */
export function beppyo(c: Case, options: { title?: string; stamped: boolean }): Page[] {
  const page = newPage(true);
  const p = c.person;
  let y = putTitle(page, 24, options.title ?? '介護予防サービス利用票別表（兼介護予防サービス計画）', 12);
  putText(page, 40, y, `${wareki(c.month)}分　被保険者番号 ${p.insured}　利用者氏名 ${p.name}　様`, {
    size: 9,
  });
  putText(page, 600, y, `作成年月日　${wareki(`${c.month}-01`)}`, { size: 9 });
  putText(page, 40, y + 16, '区分支給限度管理・利用者負担計算', { size: 9 });
  const lines = unitLines(c.planned, c.month);
  const total = lines.reduce((s, line) => s + line.units, 0);
  y = putTable(
    page,
    40,
    y + 30,
    [110, 68, 92, 52, 42, 46, 36, 58, 62, 46, 62, 40, 48],
    [
      [
        '事業所名',
        '事業所番号',
        'サービス内容／種類',
        'サービスコード',
        '単位数',
        '割引後単位数',
        '回数',
        'サービス単位／金額',
        '区分支給限度基準内単位数',
        '単位数単価',
        '費用総額（保険／事業対象分）',
        '給付率（％）',
        '利用者負担（保険／事業対象分）',
      ].map((text) => ({ text, label: true, align: 'center' as const, size: 6 })),
      ...lines.map(({ service, count, units }) => [
        service.provider.name,
        service.provider.number,
        service.name,
        service.code ?? '',
        String(service.units),
        String(service.units),
        String(count),
        units.toLocaleString('en-US'),
        units.toLocaleString('en-US'),
        '10.00',
        (units * 10).toLocaleString('en-US'),
        '90',
        units.toLocaleString('en-US'),
      ]),
      [
        { text: '区分支給限度基準額（単位）', span: 3 },
        { text: p.certification === '要支援2' ? '10,531' : '5,032', span: 3 },
        '合計',
        total.toLocaleString('en-US'),
        total.toLocaleString('en-US'),
        '',
        (total * 10).toLocaleString('en-US'),
        '',
        total.toLocaleString('en-US'),
      ],
    ],
    { size: 7, minHeight: 22 },
  );
  putText(page, 40, y + 14, '種類別支給限度管理', { size: 9 });
  y = putTable(
    page,
    40,
    y + 28,
    [120, 110, 90, 110],
    [
      [
        label('サービス種類'),
        label('種類支給限度基準額（単位）'),
        label('合計単位数'),
        label('種類支給限度基準を超える単位数'),
      ],
      ['', '', '', ''],
    ],
    { size: 7 },
  );
  putText(
    page,
    40,
    y + 14,
    '要介護認定期間中の短期入所利用日数　前月までの利用日数 0　当月の計画利用日数 0　累積利用日数 0',
    {
      size: 8,
    },
  );
  putText(page, 560, y + 40, `利用者確認　${options.stamped ? p.name : '　　　　　　　'}　印`, { size: 9 });
  if (options.stamped) putSeal(page, 745, y + 44, p.name);
  return [page];
}
