import { describe, expect, it } from 'vitest';
import type { FieldName, Reading } from '../../../../shared/documents/document.ts';
import { readForm } from '../../../../shared/documents/forms/read-form.ts';
import { NEXT_IN_BOX, type PageText, type TextCell } from '../../../../shared/documents/pages/page-text.ts';
import { recogniseDocuments } from '../../../../shared/documents/recognise-document.ts';
import type { DocumentKind } from '../../../../shared/vocabulary/document-kinds.ts';
import { A4, asPages, type PageLines, row } from '../../../builders/pdf.ts';

/** Habits of programs and offices that print the same form in other ways. */

const read = (kind: DocumentKind, title: string, ...lines: PageLines): Reading[] =>
  readForm('様式.pdf', kind, title, asPages(lines));
const one = (readings: Reading[], field: FieldName): unknown =>
  readings.find((each) => each.field === field)?.value;

describe('a 届出書', () => {
  it.each([
    [['区分　変更'], '変更'],
    [['届出の区分：新規'], '新規'],
    [[row('区分', '変更')], '変更'],
    [['区分　[ ] 新規 [x] 変更'], '変更'],
    [['区分　新規・変更'], undefined],
  ])('says its kind as %j', (lines, expected) => {
    const readings = read('kaigo_yobo_todoke', '介護予防ケアマネジメント依頼届出書', ...(lines as PageLines));
    expect(one(readings, 'notification_kind')).toBe(expected);
  });
});

describe('a 届出書 that names the bodies in rows', () => {
  const rows = (...lines: PageLines): Reading[] =>
    read('kaigo_yobo_todoke', '介護予防ケアマネジメント依頼届出書', ...lines);

  it('gives the center in charge and the name and number of the entrusted office', () => {
    const readings = rows(
      row('担当事業所', '見本地域包括支援センター', '事業所番号', '0800100018'),
      row('受託事業所', '見本居宅介護支援事業所', '事業所番号', '0870100013'),
    );
    expect(one(readings, 'center_name')).toBe('見本地域包括支援センター');
    expect([one(readings, 'office_name'), one(readings, 'office_number')]).toEqual([
      '見本居宅介護支援事業所',
      '0870100013',
    ]);
  });

  it('gives no name where boxes stand to choose from', () => {
    const readings = rows(row('担当事業所', '■地域包括支援センター　□居宅介護支援事業所'));
    expect(one(readings, 'notification_responsible')).toBe('hokatsu_center');
    expect(one(readings, 'center_name')).toBeUndefined();
  });
});

describe('the way of a モニタリング among options that are labels of other forms', () => {
  it.each([
    ['居宅訪問・（電話）・テレビ電話', '2024-06 phone'],
    ['（居宅訪問）・電話・テレビ電話', '2024-06 visit'],
    ['居宅訪問・電話・○テレビ電話', '2024-06 video'],
  ])('is read from 「%s」', (text, expected) => {
    const readings = read(
      'monitoring_record',
      'モニタリング記録表',
      row('実施日', '令和6年6月20日', '実施方法', text),
    );
    expect(one(readings, 'monitoring_entry')).toBe(expected);
  });
});

it('pairs the last row of a 利用票 with its 実績 on the next page', () => {
  const readings = readForm(
    '利用票.pdf',
    'riyohyo',
    'サービス利用票',
    asPages(
      [row('通所型サービス', '見本事業所', '予定', '4')],
      [
        row('', '', '実績', '3'),
        row('介護予防訪問看護', '見本事業所', '予定', '4'),
        row('', '', '実績', '0'),
      ],
    ),
  );
  const services = (field: FieldName): unknown[] =>
    readings.filter((each) => each.field === field).map(({ value }) => (value as { class: string }).class);
  expect(services('service_planned')).toEqual(['sogo', 'yobo_kyufu']);
  expect(services('service_actual')).toEqual(['sogo']);
});

it.each([
  ['介護予防訪問看護631111', '見本訪問看護0860200039', '介護予防訪問看護', '631111', '0860200039'],
  ['通所型サービスA61111', '08A0200014', '通所型サービス', 'A61111', '08A0200014'],
  ['訪問型サービスAA21111', '見本事業所', '訪問型サービスA', 'A21111', undefined],
  ['631111介護予防訪問看護', '見本事業所', '介護予防訪問看護', '631111', undefined],
])(
  'takes name, code and office of a 利用票 from the cells %s and %s',
  (cell, provider, name, code, office) => {
    const readings = read('riyohyo', 'サービス利用票', row(cell, provider, '予定', '4'));
    expect(one(readings, 'service_planned')).toMatchObject({ name, code, ...(office && { office }) });
  },
);

it('takes no row of the checklist for the opinion that a center has not written', () => {
  const readings = read(
    'shien_keikakusho',
    '介護予防サービス・支援計画書',
    row('健康状態について', '血圧に注意する。', '地域包括支援センター意見'),
    row('基本チェックリストの（該当した項目数）／（質問項目数）', '5／5', '0／2', '0／3'),
  );
  expect(one(readings, 'center_opinion')).toBeUndefined();
});

describe('a 評価表', () => {
  it.each([
    [row('地域包括支援センター意見', 'プラン変更'), 'プラン変更'],
    ['評価結果：プラン継続', 'プラン継続'],
    ['プラン継続・プラン変更・終了', undefined],
    ['この計画の終了後に見直す', undefined],
  ])('says its result as %j', (line, expected) => {
    expect(one(read('hyokahyo', 'サービス評価表', line), 'hyoka_result')).toBe(expected);
  });
});

it('reads the month of a paper that prints the day it was made in the same line', () => {
  const readings = read('riyohyo_beppyo', 'サービス利用票別表', '令和6年6月分　作成年月日 令和6年5月10日');
  expect(one(readings, 'service_month')).toBe('2024-06');
});

it('reads the number of the insurer beside the long label of a 被保険者証', () => {
  const readings = read(
    'hihokenshasho',
    '介護保険被保険者証',
    row('保険者番号並びに保険者の名称及び印', '', '082016 水戸市'),
  );
  expect(one(readings, 'insurer_number')).toBe('082016');
});

it('ends a value where the bracket of the next label opens', () => {
  const readings = read('riyosha_kihon_joho', '利用者基本情報', '【住所】水戸市見本区2-5【電話番号】000-000');
  expect(one(readings, 'address')).toBe('水戸市見本区2-5');
});

it('reads a character that a program wrote as the radical printed like it', () => {
  const readings = read('riyosha_kihon_joho', '利用者基本情報', row('住所', '水⼾市見本区2-5'));
  expect(one(readings, 'address')).toBe('水戸市見本区2-5');
});

it.each([
  ['0.はい　①.いいえ', '1=1'],
  ['⓪.はい　1.いいえ', '1=0'],
  ['(0).はい　1.いいえ', '1=0'],
  ['0.はい　1.いいえ', undefined],
])('reads the answer circled by its number: %s', (answer, expected) => {
  const readings = read(
    'kihon_checklist',
    '基本チェックリスト',
    row('1', 'バスや電車で1人で外出していますか', answer),
  );
  expect(one(readings, 'checklist_answer')).toBe(expected);
});

it('reads the period of a plan whose rows follow their heading overleaf', () => {
  const at = (x: number, text: string) => ({ text, x });
  const readings = readForm(
    '計画書.pdf',
    'shien_keikakusho',
    '介護予防サービス・支援計画書',
    asPages(
      [[at(300, 'サービス種別'), at(450, '期間')]],
      [[at(300, '通所型サービス'), at(400, '令和6年6月1日～令和6年11月30日')]],
    ),
  );
  expect([one(readings, 'plan_from'), one(readings, 'plan_to')]).toEqual(['2024-06-01', '2024-11-30']);
});

it('reads the signature of a party whose address is close before it', () => {
  const readings = read(
    'keiyakusho',
    '契約書',
    row('甲（利用者）', '', '住所 見本市1番1号氏名 見本 花子 印'),
  );
  expect(one(readings, 'signed')).toBe(true);
  const blank = read('keiyakusho', '契約書', row('甲（利用者）', '', '住所　　　　　氏名　　　　　印'));
  expect(one(blank, 'signed')).toBe(false);
});

describe('a label in a line of its own', () => {
  it('has its value beneath', () => {
    const readings = read(
      'riyosha_kihon_joho',
      '利用者基本情報',
      '氏名',
      { text: '見本 花子', x: 60 },
      '住所',
      { text: '水戸市見本区2-5', x: 60 },
    );
    expect([one(readings, 'name'), one(readings, 'address')]).toEqual(['見本 花子', '水戸市見本区2-5']);
  });

  it('has none where a sentence or something far off follows', () => {
    const sentence = read('riyosha_kihon_joho', '利用者基本情報', '氏名', '上記のとおり相違ありません。');
    const far = read('riyosha_kihon_joho', '利用者基本情報', '氏名', { text: '見本市', x: 400 });
    expect([one(sentence, 'name'), one(far, 'name')]).toEqual([undefined, undefined]);
  });
});

it('reads office and care manager from the one field a 利用票 has for both', () => {
  const readings = read(
    'riyohyo',
    'サービス利用票',
    row('居宅介護支援事業者事業所名　担当者名', '', '見本居宅介護支援事業所　検査 次子'),
  );
  expect(one(readings, 'care_manager_name')).toBe('検査 次子');
  expect(one(readings, 'office_name')).toMatch(/^見本居宅介護支援事業所/);
});

describe('the place of an assessment', () => {
  it.each([
    ['自宅', true],
    ['居宅（訪問）', true],
    ['通所型サービス事業所', false],
    ['自宅近くの公民館', undefined],
  ])('is read under its heading: %s', (place, expected) => {
    const readings = read(
      'assessment_sheet',
      'アセスメントシート',
      row('アセスメント実施日', '実施場所'),
      row('令和6年5月10日', place),
    );
    expect(one(readings, 'assessment_home_visit')).toBe(expected);
  });
});

it('knows a title by the long remark in brackets after it', () => {
  const lines: PageLines = [
    { text: '給付管理票（居宅サービス・介護予防サービス・地域密着型介護予防サービス）', size: 14 },
    row('被保険者番号', '0000000101'),
    row('給付計画単位数', '1744'),
  ];
  expect(recogniseDocuments(asPages(lines)).map(({ kind }) => kind)).toEqual(['kyufu_kanrihyo']);
});

/** Text of a table whose boxes are known, as the reader of PDFs gives it. */
const boxed = (text: string, x: number, y: number, width: number): TextCell => ({
  text,
  x: x + 3,
  right: x + 3 + text.length * 10,
  y: y + 10,
  size: 10,
  box: { x, y, right: x + width, bottom: y + 20 },
});
const page = (...rows: TextCell[][]): PageText => ({
  page: 1,
  ...A4,
  hasImages: false,
  lines: rows.map((cells) => ({
    cells,
    text: cells.map(({ text }) => text).join('\t'),
    y: cells[0]!.y,
    size: 10,
  })),
});

describe('a box whose heading is in the box above it', () => {
  it('is read, also when it is the only one of its row', () => {
    const card = page(
      [boxed('番号', 40, 100, 500)],
      [boxed('0000000101', 40, 120, 500)],
      [boxed('氏名', 40, 140, 250), boxed('性別', 290, 140, 250)],
      [boxed('見本 花子', 40, 160, 250), boxed('女', 290, 160, 250)],
    );
    const readings = readForm('証.pdf', 'hihokenshasho', '介護保険被保険者証', [card]);
    expect(['insured_number', 'name', 'sex'].map((field) => one(readings, field as FieldName))).toEqual([
      '0000000101',
      '見本 花子',
      '女',
    ]);
  });

  it('is no value when it is a heading itself', () => {
    const card = page(
      [boxed('氏名', 40, 100, 250)],
      [boxed('生年月日', 40, 120, 250)],
      [boxed('昭和15年3月1日', 40, 140, 250)],
    );
    const readings = readForm('証.pdf', 'hihokenshasho', '介護保険被保険者証', [card]);
    expect([one(readings, 'name'), one(readings, 'birth_date')]).toEqual([undefined, '1940-03-01']);
  });
});

describe('labels over one another in one box, and their values in the box beside it', () => {
  it('have each the value at its own height', () => {
    const sheet = page([
      boxed(`フリガナ${NEXT_IN_BOX}被保険者氏名`, 40, 100, 120),
      boxed(`ミホン ハナコ${NEXT_IN_BOX}見本\u3000\u3000花子`, 160, 100, 200),
    ]);
    const readings = readForm('利用票.pdf', 'riyohyo', 'サービス利用票', [sheet]);
    expect([one(readings, 'name'), one(readings, 'name_kana')]).toEqual(['見本 花子', 'ミホン ハナコ']);
  });

  it('are office and manager where one label names both', () => {
    const sheet = page([
      boxed('居宅介護支援事業者事業所名・担当者名', 40, 100, 120),
      boxed(`見本居宅介護支援事業所${NEXT_IN_BOX}計画 花子`, 160, 100, 200),
    ]);
    const readings = readForm('利用票.pdf', 'riyohyo', 'サービス利用票', [sheet]);
    expect([one(readings, 'office_name'), one(readings, 'care_manager_name')]).toEqual([
      '見本居宅介護支援事業所',
      '計画 花子',
    ]);
  });
});

describe('a record of モニタリング', () => {
  it('has an entry for each row of its table, though 「実施日」 heads the first', () => {
    const record = page(
      [boxed('実施日', 40, 100, 80), boxed('方法', 120, 100, 120), boxed('結果', 240, 100, 200)],
      [
        boxed('令和6年4月18日', 40, 120, 80),
        boxed('■訪問　□電話', 120, 120, 120),
        boxed('良好', 240, 120, 200),
      ],
      [
        boxed('令和6年5月17日', 40, 140, 80),
        boxed('□訪問　■電話', 120, 140, 120),
        boxed('良好', 240, 140, 200),
      ],
    );
    const readings = readForm('記録.pdf', 'monitoring_record', 'モニタリングの記録', [record]);
    const entries = readings.filter(({ field }) => field === 'monitoring_entry').map(({ value }) => value);
    expect(entries).toEqual(['2024-04 visit', '2024-05 phone']);
  });
});
