import { describe, expect, it } from 'vitest';
import type { FieldName, Reading } from '../../../../shared/documents/document.ts';
import { readForm } from '../../../../shared/documents/forms/read-form.ts';
import type { DocumentKind } from '../../../../shared/vocabulary/document-kinds.ts';
import { asPages, type PageLines, row } from '../../../builders/pdf.ts';

const read = (kind: DocumentKind, title: string, ...pages: PageLines[]): Reading[] =>
  readForm('様式.pdf', kind, title, asPages(...pages));
const all = (readings: Reading[], field: FieldName): unknown[] =>
  readings.filter((each) => each.field === field).map(({ value }) => value);
const one = (readings: Reading[], field: FieldName): unknown => all(readings, field)[0];

describe('what is attached to a 届出書', () => {
  it.each([
    ['■介護保険被保険者証　□介護保険資格者証', ['hihokenshasho']],
    ['□介護保険被保険者証　□介護保険資格者証', []],
    ['●介護保険被保険者証　○介護保険資格者証', ['hihokenshasho']],
    ['○介護保険被保険者証　○介護保険資格者証', []],
    ['介護保険被保険者証', ['hihokenshasho']],
    ['なし', []],
  ])('is read from 「%s」', (text, expected) => {
    const readings = read('kaigo_yobo_todoke', '作成依頼（変更）届出書', [row('添付書類', text)]);
    expect(all(readings, 'notification_attachment')).toEqual(expected);
  });
});

describe('the period in a narrow column of a plan', () => {
  it('is read where the column beside it is full to the edge', () => {
    const at = (x: number, y: number, text: string) => ({ text, x, y, size: 6 });
    const plan = read('shien_keikakusho', '介護予防サービス・支援計画書', [
      [at(691, 126, 'サービス種別'), at(737, 126, '事業所（利用先）'), at(795, 126, '期間')],
      [at(687, 150, '①訪問型サービス'), at(737, 150, '①見本市見本ヘ'), at(787, 150, 'R6.1.1～R')],
      [at(737, 158, 'ルパーステーショ'), at(787, 158, '6.6.30')],
    ]);
    expect([one(plan, 'plan_from'), one(plan, 'plan_to')]).toEqual(['2024-01-01', '2024-06-30']);
  });
});

describe('a date that runs over the end of its line', () => {
  it('is read with the line beneath', () => {
    const card = read('hihokenshasho', '介護保険被保険者証', [
      [
        { text: '認定の有効期間', x: 40, y: 100 },
        { text: '令和６年１１月１日～令和７年１', x: 180, y: 100 },
        { text: '０月３１日', x: 180, y: 112 },
      ],
    ]);
    expect([one(card, 'cert_valid_from'), one(card, 'cert_valid_to')]).toEqual(['2024-11-01', '2025-10-31']);
  });
});

describe('the place of an assessment', () => {
  const sheet = (place: string): unknown =>
    one(
      read('assessment_record', 'アセスメントの結果の記録', [row('実施場所', place)]),
      'assessment_home_visit',
    );

  it.each([
    ['利用者の居宅を訪問', true],
    ['通所型サービス事業所の相談室', false],
    ['', undefined],
  ])('reads 「%s」 as at home: %s', (place, expected) => expect(sheet(place)).toBe(expected));
});

describe('person', () => {
  const card = (...lines: PageLines): Reading[] => read('hihokenshasho', '介護保険被保険者証', lines);

  it('reads a number printed one digit to a box', () => {
    const boxes = [...'0000000101'].map((text, i) => ({ text, x: 180 + i * 18 }));
    expect(one(card([{ text: '被保険者番号', x: 40 }, ...boxes]), 'insured_number')).toBe('0000000101');
  });

  it('reads a number and a date in the line beneath their labels', () => {
    const readings = card('被保険者番号', '0000000101', '生年月日', '昭和15年3月1日');
    expect(one(readings, 'insured_number')).toBe('0000000101');
    expect(one(readings, 'birth_date')).toBe('1940-03-01');
  });

  it('reads the number of a person who is not insured', () => {
    expect(one(card('被保険者番号　Ｈ０００００００１１'), 'insured_number')).toBe('H000000011');
  });

  it.each(['', '000000010', '00000001011', '記載なし'])('gives no number for 「%s」', (text) => {
    expect(all(card(row('被保険者番号', text)), 'insured_number')).toEqual([]);
  });

  it('does not take the number of the insurer for the number of the insured', () => {
    const readings = card(row('保険者番号', '431007'), row('被保険者番号', ''));
    expect(one(readings, 'insurer_number')).toBe('431007');
    expect(all(readings, 'insured_number')).toEqual([]);
  });

  it.each([
    [['要支援状態区分等', '要支援１'], '要支援1'],
    [['要介護状態区分等', '□要支援1　☑要支援2'], '要支援2'],
    [['認定区分', '要支援 □1 ■2'], '要支援2'],
    [['要介護度', '（要支援１）・要支援２'], '要支援1'],
    [['要介護状態区分', '事業対象者'], '事業対象者'],
  ])('reads the certification of %j', (cells, expected) => {
    expect(one(card(row(...cells)), 'certification')).toBe(expected);
  });

  it('gives no certification when both are printed and neither is marked', () => {
    expect(all(card(row('要介護状態区分等', '要支援1・要支援2')), 'certification')).toEqual([]);
  });

  it.each([
    ['令和6年4月1日～令和7年3月31日', '2024-04-01', '2025-03-31'],
    ['2024年4月1日から2025年3月31日まで', '2024-04-01', '2025-03-31'],
    ['R6.4.1～R7.3.31', '2024-04-01', '2025-03-31'],
  ])('reads the valid period %s', (text, from, to) => {
    const readings = card(row('認定の有効期間', text));
    expect([one(readings, 'cert_valid_from'), one(readings, 'cert_valid_to')]).toEqual([from, to]);
  });

  it('reads the day of the checklist on the card of a 事業対象者', () => {
    const readings = card(
      row('要介護状態区分等', '事業対象者'),
      row('認定年月日（事業対象者の場合は、基本チェックリスト実施日）', '', '', '令和6年5月10日'),
    );
    expect(one(readings, 'checklist_date')).toBe('2024-05-10');
    expect(all(readings, 'cert_decided')).toEqual([]);
  });
});

describe('介護予防サービス・支援計画書', () => {
  const plan = (...lines: PageLines): Reading[] =>
    read('shien_keikakusho', '介護予防サービス・支援計画書', [...lines]);

  it('reads the head of the form', () => {
    const readings = plan(
      'NO. 1　利用者名　見本 花子　様　　　■初回　□紹介　□継続　　　■認定済　□申請中　　　■要支援1　□要支援2',
      row('認定年月日', '令和6年4月1日', '認定の有効期間', '令和6年4月1日～令和7年3月31日'),
      row('計画作成（変更）日（初回作成日）', '令和6年6月28日（令和5年4月1日）'),
      row('計画作成者氏名', '計画 一郎', '担当地域包括支援センター', 'ささえりあ見本'),
      row('計画作成者事業者・事業所名及び所在地（電話）', '', '見本居宅介護支援事業所'),
    );
    expect(Object.fromEntries(readings.map(({ field, value }) => [field, value]))).toMatchObject({
      name: '見本 花子',
      certification: '要支援1',
      cert_status: '2',
      plan_division: '11',
      plan_created: '2024-06-28',
      plan_first_created: '2023-04-01',
      care_manager_name: '計画 一郎',
      center_name: 'ささえりあ見本',
      office_name: '見本居宅介護支援事業所',
    });
  });

  it('reads the consent with its date and name', () => {
    const readings = plan(
      '計画に関する同意',
      '上記計画について、同意いたします。',
      '令和6年6月30日　氏名　見本 花子　印',
    );
    expect(one(readings, 'consent_date')).toBe('2024-06-30');
    expect(one(readings, 'consent_name')).toBe('見本 花子');
    expect(one(readings, 'signed')).toBe(true);
  });

  it.each(['氏名　　　　　　　　印', '氏名　＿＿＿＿＿＿＿＿', '氏名', '氏名　㊞'])(
    'calls 「%s」 not signed',
    (line) => {
      const readings = plan('上記計画について、同意いたします。', '令和　　年　　月　　日', line);
      expect(one(readings, 'signed')).toBe(false);
      expect(all(readings, 'consent_date')).toEqual([]);
      expect(all(readings, 'consent_name')).toEqual([]);
    },
  );

  it('reads a signature that no label announces', () => {
    const readings = plan('本計画に同意します。', '令和6年6月30日　　見本　花子　㊞');
    expect(one(readings, 'signed')).toBe(true);
    expect(one(readings, 'consent_name')).toBe('見本 花子');
  });

  it('takes a single level for the certification, unless two are printed', () => {
    expect(one(plan('要支援1'), 'certification')).toBe('要支援1');
    expect(all(plan('要支援1', '要支援2'), 'certification')).toEqual([]);
  });

  it('says nothing of an empty signature when the page draws pictures', () => {
    const pages = asPages(['上記計画について、同意いたします。', '氏名　　　　印']).map((page) => ({
      ...page,
      hasImages: true,
    }));
    expect(all(readForm('a.pdf', 'shien_keikakusho', '計画書', pages), 'signed')).toEqual([]);
  });

  it('reads the period of the plan from its column, also when it is wrapped', () => {
    const readings = plan(
      row('サービス種別', '事業所', '期間'),
      row('通所型サービス', '見本デイ', '令和6年7月1'),
      row('', '', '日～令和6年'),
      row('', '', '12月31日'),
    );
    expect([one(readings, 'plan_from'), one(readings, 'plan_to')]).toEqual(['2024-07-01', '2024-12-31']);
  });

  it.each([
    ['委託の有無　■有　□無', '2'],
    ['委託：無', '1'],
    ['計画種類　□介護予防支援　■介護予防ケアマネジメント', null],
  ])('reads whether the plan is commissioned from 「%s」', (line, expected) => {
    expect(one(plan(line), 'commissioned') ?? null).toBe(expected);
  });
});

describe('届出書', () => {
  const TITLE = '介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書';
  const todoke = (...lines: PageLines): Reading[] => read('kaigo_yobo_todoke', TITLE, [TITLE, ...lines]);

  it.each([
    ['水戸見本地域包括支援センター長　様', 'hokatsu_center'],
    ['岡山市見本福祉事務所長　殿', 'fukushi_jimusho'],
    ['いわき市見本地区保健福祉センター　御中', 'chiku_hoken_fukushi_center'],
    ['（宛先）岡山市長', 'city'],
    ['延岡市介護保険課　あて', 'city_kaigo_hokenka'],
    ['ささえりあ見本　様', 'hokatsu_center'],
  ])('reads the addressee of 「%s」', (line, expected) => {
    expect(one(todoke(line), 'notification_to')).toBe(expected);
  });

  it.each([
    ['区分　□新規　■変更', '変更'],
    ['届出区分　☑新規 ☐変更', '新規'],
    ['新規 ・ ○変更', '変更'],
  ])('reads the kind of 「%s」', (line, expected) => {
    expect(one(todoke(line), 'notification_kind')).toBe(expected);
  });

  it('does not read a kind from the title or from empty boxes', () => {
    expect(all(todoke('区分　□新規　□変更'), 'notification_kind')).toEqual([]);
    expect(all(todoke(), 'notification_kind')).toEqual([]);
  });

  it('reads responsible and entrusted body, and the office', () => {
    const readings = todoke(
      row('担当事業所', 'いわき見本地域包括支援センター'),
      row('受託事業所', '見本居宅介護支援事業所'),
      row('受託事業所番号', '0770100014'),
    );
    expect(one(readings, 'notification_responsible')).toBe('hokatsu_center');
    expect(one(readings, 'notification_entrusted')).toBe('kyotaku_office');
    expect(one(readings, 'office_number')).toBe('0770100014');
  });

  it('reads the marked body of several', () => {
    const readings = todoke(row('担当事業所', '□地域包括支援センター　■居宅介護支援事業所'));
    expect(one(readings, 'notification_responsible')).toBe('kyotaku_office');
    expect(
      all(
        todoke(row('担当事業所', '□地域包括支援センター　□居宅介護支援事業所')),
        'notification_responsible',
      ),
    ).toEqual([]);
  });

  it('reads signature, date and attachment', () => {
    const readings = todoke(
      '上記のとおり届け出ます。',
      '届出日　令和6年5月31日',
      '氏名　見本 花子　印',
      row('添付書類', '■介護保険被保険者証'),
    );
    expect(one(readings, 'notification_signed')).toBe(true);
    expect(one(readings, 'notification_date')).toBe('2024-05-31');
    expect(one(readings, 'notification_attachment')).toBe('hihokenshasho');
  });

  it('takes the day of the change for the one it is effective from, not the day the services once began', () => {
    const began = row('サービス開始年月日', '令和5年4月1日');
    expect(one(todoke(began, row('変更年月日', '令和6年6月1日')), 'notification_effective')).toBe(
      '2024-06-01',
    );
    expect(all(todoke(began, row('変更年月日', '')), 'notification_effective')).toEqual([]);
  });

  it('calls an empty signature not signed, and an unmarked attachment not attached', () => {
    const readings = todoke(
      '上記のとおり届け出ます。',
      '氏名　　　　　印',
      row('添付書類', '□介護保険被保険者証'),
    );
    expect(one(readings, 'notification_signed')).toBe(false);
    expect(all(readings, 'notification_attachment')).toEqual([]);
  });

  it('says whether name and number of the office are filled in', () => {
    const filled = todoke(row('事業所番号', '3370100012'), row('事業所の名称', '見本居宅介護支援事業所'));
    const blank = todoke(row('事業所番号', ''), row('事業所の名称', ''));
    expect(one(filled, 'notification_office_filled')).toBe(true);
    expect(one(blank, 'notification_office_filled')).toBe(false);
  });
});

describe('利用票', () => {
  const HEAD: PageLines = ['令和6年5月分', row('保険者番号', '082016', '被保険者番号', '0000000101')];
  const service = (name: string, plan: string, actual: string): PageLines => [
    [
      { text: name, x: 40 },
      { text: '予定', x: 220 },
      { text: plan, x: 260 },
    ],
    [
      { text: '実績', x: 220 },
      { text: actual, x: 260 },
    ],
  ];
  const riyohyo = (...lines: PageLines): Reading[] => read('riyohyo', 'サービス利用票', [...HEAD, ...lines]);

  it('reads the month, and of each service whether it was planned and used', () => {
    const readings = riyohyo(
      ...service('通所型サービス', '1 1 1 1 4', '1 1 1 1 4'),
      ...service('介護予防訪問看護', '1 1 2', ''),
    );
    expect(one(readings, 'service_month')).toBe('2024-05');
    expect(all(readings, 'service_planned')).toEqual([
      { name: '通所型サービス', class: 'sogo' },
      { name: '介護予防訪問看護', class: 'yobo_kyufu' },
    ]);
    expect(all(readings, 'service_actual')).toEqual([{ name: '通所型サービス', class: 'sogo' }]);
    expect(all(readings, 'no_service_used')).toEqual([]);
  });

  it.each([
    [
      'with both numbers in one line',
      ['通所型サービス　予定4回　実績4回', '介護予防訪問看護　予定2回　実績0回'],
    ],
    [
      'with the numbers under their headings',
      [
        row('サービス内容', '事業所名', '予定', '実績'),
        row('通所型サービス', '見本デイ', '4', '4'),
        row('介護予防訪問看護', '見本ステーション', '2', ''),
      ],
    ],
  ] as [string, PageLines][])('reads a table %s', (_name, lines) => {
    const readings = riyohyo(...lines);
    expect(all(readings, 'service_planned')).toMatchObject([
      { name: '通所型サービス', class: 'sogo' },
      { name: '介護予防訪問看護', class: 'yobo_kyufu' },
    ]);
    expect(all(readings, 'service_actual')).toMatchObject([{ name: '通所型サービス', class: 'sogo' }]);
  });

  it.each([
    ['令和6年7月分', '2024-07'],
    ['対象年月　2024-07', '2024-07'],
    ['2024年7月', '2024-07'],
    ['R6.7月分', '2024-07'],
    ['作成年月日　令和6年6月28日', undefined],
  ])('reads the month of 「%s」', (line, expected) => {
    expect(one(read('riyohyo', '利用票', [line]), 'service_month')).toBe(expected);
  });

  it('says that no service was used only when the rows say 0, not when they are empty', () => {
    expect(one(riyohyo(...service('通所型サービス', '1 1 2', '0')), 'no_service_used')).toBe(true);
    expect(all(riyohyo(...service('通所型サービス', '1 1 2', '')), 'no_service_used')).toEqual([]);
  });

  it('takes class and code from a printed service code', () => {
    const readings = read('riyohyo_beppyo', 'サービス利用票別表', [
      ...HEAD,
      row('事業所名', '事業所番号', 'サービスコード', '単位数'),
      row('見本ステーション', '0860200039', '631111', '451'),
      row('見本ヘルパー', '08A0200014', 'A21111', '1176'),
    ]);
    expect(all(readings, 'service_planned')).toMatchObject([
      { class: 'yobo_kyufu', code: '631111', office: '0860200039' },
      { class: 'sogo', code: 'A21111', office: '08A0200014' },
    ]);
  });

  it.each([
    ['見本', true],
    ['確認済', true],
    ['', false],
    ['印', false],
  ])('reads the confirmation 「%s」 as %s', (text, expected) => {
    expect(one(riyohyo(row('利用者確認', text)), 'stamped')).toBe(expected);
  });
});

describe('基本チェックリスト', () => {
  const checklist = (...lines: PageLines): Reading[] => read('kihon_checklist', '基本チェックリスト', lines);

  it('turns answers into the numbers of the form', () => {
    const readings = checklist(
      row('記入日', '令和6年5月10日'),
      '1　バスや電車で1人で外出していますか　□はい　■いいえ',
      '2　日用品の買物をしていますか　■はい　□いいえ',
      '8　15分位続けて歩いていますか　□0.はい　■1.いいえ',
      '9　この1年間に転んだことがありますか　■1.はい　□0.いいえ',
      '12　身長 150cm　体重 40kg（BMI＝17.8）',
      '13　固いものが食べにくくなりましたか　はい・いいえ',
    );
    expect(one(readings, 'checklist_date')).toBe('2024-05-10');
    expect(all(readings, 'checklist_answer')).toEqual(['1=1', '2=0', '8=1', '9=1', '12=1']);
  });

  it('reads marks in the columns はい and いいえ', () => {
    const readings = checklist(
      [
        { text: '質問項目', x: 40 },
        { text: 'はい', x: 400 },
        { text: 'いいえ', x: 460 },
      ],
      [
        { text: '6　階段を手すりや壁をつたわらずに昇っていますか', x: 40 },
        { text: '○', x: 470 },
      ],
      [
        { text: '7　椅子から何もつかまらずに立ち上がっていますか', x: 40 },
        { text: '○', x: 405 },
      ],
    );
    expect(all(readings, 'checklist_answer')).toEqual(['6=1', '7=0']);
  });
});

describe('経過記録', () => {
  const keika = (...lines: PageLines): Reading[] =>
    read('keika_kiroku', '介護予防支援経過記録', [row('年月日', '内容'), ...lines]);

  it.each([
    '＜モニタリング＞',
    '【モニタリング】',
    '〈モニタリング〉',
    '《モニタリング》',
    '［モニタリング］',
    '「モニタリング」',
    '■モニタリング：',
  ])('finds the mark %s', (mark) => {
    expect(all(keika(row('令和6年5月20日', `${mark}自宅を訪問`)), 'keika_tag')).toEqual(['モニタリング']);
  });

  it('does not take the mere word for a mark', () => {
    expect(all(keika(row('令和6年5月20日', 'サービス担当者会議の日程を調整した。')), 'keika_tag')).toEqual(
      [],
    );
  });

  it('reads month and way of every monitoring', () => {
    const readings = keika(
      row('令和6年4月20日', '＜モニタリング＞自宅を訪問し、本人と面接した。'),
      row('5月21日', '＜モニタリング＞本人に電話。変わりなし。'),
      row('6月20日', '＜モニタリング＞テレビ電話で面接。'),
      row('7月19日', '＜モニタリング＞デイサービスで面接した。'),
      row('8月20日', '訪問看護の利用について事業所に電話。'),
    );
    expect(all(readings, 'monitoring_entry')).toEqual([
      '2024-04 visit',
      '2024-05 phone',
      '2024-06 video',
      '2024-07 contact',
    ]);
  });

  it('does not take a call to the center for a call to the person', () => {
    const readings = keika(row('令和6年4月20日', '包括に電話で連絡。＜モニタリング＞自宅を訪問。'));
    expect(all(readings, 'monitoring_entry')).toEqual(['2024-04 visit']);
  });

  it('does not take a service or a missed visit for a visit', () => {
    const readings = keika(
      row('令和6年4月20日', '＜モニタリング＞訪問看護は予定どおり。本人不在で訪問できず、電話で確認。'),
    );
    expect(all(readings, 'monitoring_entry')).toEqual(['2024-04 phone']);
  });

  it('finds the reason of a change of category, with the sentence', () => {
    const readings = keika(
      row('令和6年5月31日', '訪問看護の利用がなく総合事業のみの利用となったため、'),
      row('', '区分を介護予防ケアマネジメントに変更する。包括へ電話で連絡した。'),
    );
    expect(one(readings, 'keika_change_reason')).toContain('総合事業のみ');
    expect(one(readings, 'keika_center_contact')).toBe(true);
  });

  it.each([
    '区分変更の書類を作成した。',
    '体調不良のため通所を休む。',
    '介護予防支援から介護予防ケアマネジメントへ区分を変更した。',
    '区分変更のため届出書を提出した。',
  ])('finds no reason in 「%s」', (text) => {
    expect(all(keika(row('令和6年5月31日', text)), 'keika_change_reason')).toEqual([]);
  });

  it.each([
    '訪問看護の利用なし。今月は介護予防ケアマネジメントとなる。',
    '福祉用具貸与を終了したので、介護予防ケアマネジメントへ切り替えた。',
    'ケアマネジメント区分の変更理由：通所型サービスのみの利用となった。',
    '入院により訪問看護を利用せず、区分を変更する。',
  ])('finds the reason in 「%s」', (text) => {
    expect(all(keika(row('令和6年5月31日', text)), 'keika_change_reason')).toHaveLength(1);
  });
});

describe('評価表', () => {
  it('reads day and result', () => {
    const readings = read('hyokahyo', 'サービス評価表', [
      row('利用者氏名', '見本 花子', '評価日', '令和6年9月18日'),
      row('総合的な方針', '□プラン継続　■プラン変更　□終了'),
    ]);
    expect(one(readings, 'hyoka_date')).toBe('2024-09-18');
    expect(one(readings, 'hyoka_result')).toBe('プラン変更');
  });

  it('gives no result when nothing is marked', () => {
    expect(
      all(read('hyokahyo', 'サービス評価表', ['□プラン継続　□プラン変更　□終了']), 'hyoka_result'),
    ).toEqual([]);
  });
});

describe('契約書', () => {
  const contract = (...lines: PageLines): Reading[] =>
    read('keiyakusho', '介護予防支援契約書', ['介護予防支援契約書', ...lines]);

  it('reads three parties from the opening sentence', () => {
    const readings = contract(
      '利用者見本花子（以下「甲」という。）と見本居宅介護支援事業所（以下「乙」という。）及び',
      'いわき見本地域包括支援センター（以下「丙」という。）は、次のとおり契約を締結する。',
    );
    expect(all(readings, 'contract_party').sort()).toEqual(['hokatsu_center', 'kyotaku_office', 'riyosha']);
  });

  it('reads a name with a wide blank before the bracket whole', () => {
    const readings = contract(
      '利用者　見本　花子（以下「甲」という。）と見本居宅介護支援事業所（以下「乙」という。）は契約する。',
    );
    expect(String(one(readings, 'name')).replace(/\s/g, '')).toBe('見本花子');
  });

  it('does not take a body that an article mentions for a party', () => {
    const readings = contract(
      '見本花子（以下「利用者」という。）と見本居宅介護支援事業所（以下「事業者」という。）は契約する。',
      '第1条　事業者は、地域包括支援センターと連携する。',
      '契約日　令和6年6月3日',
      row('利用者', '見本 花子'),
      row('事業者', '見本居宅介護支援事業所'),
    );
    expect(all(readings, 'contract_party').sort()).toEqual(['kyotaku_office', 'riyosha']);
  });

  it('reads parties that are listed', () => {
    const readings = contract(row('契約当事者', '利用者、居宅介護支援事業所、地域包括支援センター'));
    expect(all(readings, 'contract_party').sort()).toEqual(['hokatsu_center', 'kyotaku_office', 'riyosha']);
  });

  it('reads 水戸市 as a party', () => {
    const readings = contract(
      '利用者見本花子（以下「甲」という。）と水戸市（以下「乙」という。）は契約する。',
    );
    expect(all(readings, 'contract_party').sort()).toEqual(['mito_city', 'riyosha']);
  });

  it('reads day and period', () => {
    const readings = contract(
      '第2条　契約期間は、令和6年4月1日から令和7年3月31日までとする。',
      '契約締結日　令和6年3月25日',
      '利用者　氏名　見本 花子　印',
    );
    expect(one(readings, 'contract_date')).toBe('2024-03-25');
    expect([one(readings, 'contract_from'), one(readings, 'contract_to')]).toEqual([
      '2024-04-01',
      '2025-03-31',
    ]);
    expect(one(readings, 'signed')).toBe(true);
  });
});

describe('同意書', () => {
  const consent = (...lines: PageLines): Reading[] =>
    read('kojin_joho_doisho', '個人情報使用同意書', ['私は、次のとおり使用することに同意します。', ...lines]);

  it('tells the user from the family', () => {
    const readings = consent('令和6年6月3日', '（利用者）氏名　見本 花子　印', '（家族）氏名　見本 一郎　印');
    expect(all(readings, 'consent_name')).toEqual(['見本 花子', '見本 一郎']);
    expect(all(readings, 'consent_by')).toEqual(['user', 'family']);
    expect(one(readings, 'consent_date')).toBe('2024-06-03');
  });

  it('reads a signature whose name is under its address', () => {
    const readings = consent('（利用者）住所　岡山市見本区', '　　　　　氏名　見本 花子　印');
    expect(one(readings, 'consent_by')).toBe('user');
    expect(one(readings, 'signed')).toBe(true);
  });

  it('calls an empty field of the user not signed', () => {
    expect(one(consent('（利用者）氏名　　　　　　印'), 'signed')).toBe(false);
  });
});

describe('other records', () => {
  it('reads the video conditions agreed at a meeting', () => {
    const readings = read('tantosha_kaigi_record', 'サービス担当者会議の要点', [
      row('利用者名', '見本 花子', '開催日', '令和6年6月7日'),
      'テレビ電話装置等の活用について、次のとおり合意した。',
      'ア　利用者の心身の状況が安定していること',
      'イ　テレビ電話装置等を介して意思疎通ができること',
      '□ウ　画面で把握できない情報を担当者から得ること',
    ]);
    expect(one(readings, 'meeting_date')).toBe('2024-06-07');
    expect(all(readings, 'video_agreed_item')).toEqual(['a', 'b']);
  });

  it('reads day and way of a monitoring sheet', () => {
    const readings = read('monitoring_record', 'モニタリング票', [
      row('実施日', '令和6年6月20日', '方法', '□訪問　■電話'),
    ]);
    expect(all(readings, 'monitoring_entry')).toEqual(['2024-06 phone']);
  });

  it.each(['訪問　□テレビ電話　□電話', '●訪問　○テレビ電話　○電話', '✓訪問　□テレビ電話　□電話'])(
    'reads the marked way of 「%s」 and no other',
    (ways) => {
      const readings = read('monitoring_record', 'モニタリングの結果の記録', [
        row('実施日', '方法', '結果'),
        row('令和6年5月17日', ways, '自宅で面接。'),
      ]);
      expect(all(readings, 'monitoring_entry')).toEqual(['2024-05 visit']);
    },
  );

  it('reads where an assessment was made', () => {
    const sheet = (place: string): Reading[] =>
      read('assessment_sheet', 'アセスメントシート', [
        row('アセスメント実施日', '令和6年6月4日'),
        row('実施場所', place),
      ]);
    expect(one(sheet('■自宅　□その他'), 'assessment_home_visit')).toBe(true);
    expect(all(sheet('□自宅　■事業所'), 'assessment_home_visit')).toEqual([]);
    expect(one(sheet('利用者宅を訪問'), 'assessment_date')).toBe('2024-06-04');
  });

  it('reads units and month of a claim', () => {
    const readings = read('kaigo_kyufuhi_seikyusho_meisaisho', '介護給付費明細書', [
      '令和6年6月分',
      row('事業所番号', '0770100014'),
      row('単位数', '472'),
    ]);
    expect(one(readings, 'unit_count')).toBe(472);
    expect(one(readings, 'service_month')).toBe('2024-06');
  });
});
