import { describe, expect, it } from 'vitest';
import { formCatalogue } from '../../../shared/documents/forms/form-catalogue.ts';
import { recogniseDocuments } from '../../../shared/documents/recognise-document.ts';
import { DOCUMENT_KINDS } from '../../../shared/vocabulary/document-kinds.ts';
import { asPages, type PageLines, row } from '../../builders/pdf.ts';

const kinds = (...pages: PageLines[]): (string | null)[] =>
  recogniseDocuments(asPages(...pages)).map(({ kind }) => kind);
const title = (text: string) => ({ text, size: 15 });
const TODOKE_ROWS = [
  row('フリガナ', 'ミホン'),
  row('被保険者氏名', '見本 花子'),
  row('被保険者番号', '0000000101'),
  row('事業所番号', ''),
];

describe('recogniseDocuments', () => {
  it.each([
    ['介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書', 'kaigo_yobo_todoke'],
    ['介護予防サービス計画作成依頼（変更）届出書', 'kaigo_yobo_todoke'],
    ['介護予防ケアマネジメント依頼（変更）届出書', 'kaigo_yobo_todoke'],
    ['介護予防ケアマネジメント依頼届出書', 'kaigo_yobo_todoke'],
    ['サービス計画依頼届出書', 'kaigo_yobo_todoke'],
    ['居宅サービス計画・介護予防サービス計画作成依頼（変更）届', 'kaigo_yobo_todoke'],
    ['居宅（介護予防）サービス計画作成依頼（変更）届出書', 'kaigo_yobo_todoke'],
    ['居宅（介護予防）サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書', 'kaigo_yobo_todoke'],
    ['岡山市総合事業利用に係る介護予防ケアマネジメント依頼（変更）届出書', 'sogo_jigyo_todoke'],
    ['居宅サービス計画作成依頼（変更）届出書', 'kyotaku_todoke'],
    ['見本市介護予防サービス計画作成依頼(変更)届出書', 'kaigo_yobo_todoke'],
    ['居宅サービス計画作成依頼（変更）届出書（写し）', 'kyotaku_todoke'],
  ])('distinguishes the kinds of 届出書: %s', (text, expected) => {
    expect(kinds([title(text), ...TODOKE_ROWS])).toEqual([expected]);
  });

  it.each([
    ['契　約　書', 'keiyakusho', ['第1条（契約の目的）', '契約期間', '甲　見本 花子　乙　見本事業所']],
    [
      '指定介護予防支援　重要事項説明書',
      'juyo_jiko_setsumeisho',
      ['事業所の名称　見本', '営業時間　9時', '苦情の窓口'],
    ],
    [
      '介護予防支援・介護予防ケアマネジメント（第１号介護予防支援事業）サービス評価表',
      'hyokahyo',
      ['利用者氏名　見本', '評価日　令和6年9月1日', '目標達成状況'],
    ],
    ['サービス利用票（兼居宅サービス計画）', 'riyohyo', ['保険者番号', '被保険者番号', '提供時間帯']],
    ['サービス利用票別表', 'riyohyo_beppyo', ['事業所番号', 'サービスコード', '単位数']],
    [
      '介護予防サービス・支援計画書（ケアマネジメント結果等記録表）',
      'shien_keikakusho',
      ['利用者名', '計画作成（変更）日', '総合的課題'],
    ],
    ['基本チェックリスト', 'kihon_checklist', ['No 質問項目 回答', 'はい いいえ']],
    ['様式第１号（第９条関係）', null, ['氏名', '住所']],
    ['経過記録', 'keika_kiroku', ['利用者氏名', '年月日　内容']],
    ['支援経過', 'shien_keika', ['利用者氏名', '年月日　内容']],
    ['理　由　書', 'riyusho', ['被保険者番号', '理由', '提出日']],
  ] as [string, string | null, string[]][])('recognises 「%s」 as %s', (text, expected, lines) => {
    expect(kinds([title(text), ...lines])).toEqual([expected]);
  });

  it.each([
    ['令和6年6月分　サービス利用票（兼居宅サービス計画）', 'riyohyo'],
    ['６月分 サービス利用票', 'riyohyo'],
    ['令和６年度　基本チェックリスト', 'kihon_checklist'],
    ['介護保険被保険者証の写し', 'hihokenshasho'],
    ['介護予防支援モニタリング記録票', 'monitoring_record'],
    ['利用票の見方', null],
    ['基本チェックリストの記入要領', null],
  ])('reads the title 「%s」 as %s', (text, expected) => {
    const lines = ['利用者氏名　実施日　生年月日　はい　いいえ', '被保険者番号　予定　実績　住所　目標'];
    expect(kinds([title(text), ...lines])).toEqual([expected]);
  });

  it('joins a title that runs over two lines', () => {
    const lines = [
      { text: '介護予防サービス計画作成・介護予防ケアマネジメント', size: 14, y: 40 },
      { text: '依頼（変更）届出書', size: 14, y: 58 },
    ];
    expect(kinds([...lines, { text: 'フリガナ', y: 90 }, ...TODOKE_ROWS])).toEqual(['kaigo_yobo_todoke']);
  });

  it('finds the title under the number of the form', () => {
    expect(
      kinds([
        '様式第１号（第９条関係）',
        title('介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書'),
        ...TODOKE_ROWS,
      ]),
    ).toEqual(['kaigo_yobo_todoke']);
  });

  it('does not take a form that is only mentioned', () => {
    const todoke = [
      title('介護予防ケアマネジメント依頼届出書'),
      ...TODOKE_ROWS,
      '介護保険被保険者証',
      '番号 氏名 生年月日',
    ];
    expect(kinds(todoke)).toEqual(['kaigo_yobo_todoke']);
    const sentence = [
      '利用者基本情報の提供について',
      '本人氏名 見本 花子',
      '生年月日',
      '家族構成',
      '基本チェックリストを提示することに同意します。',
    ];
    expect(kinds(sentence)).toEqual([null]);
  });

  it('asks for labels beside the title', () => {
    expect(kinds([title('利用者基本情報'), 'のちほど送ります'])).toEqual([null]);
  });

  it('recognises every title of the catalogue when its labels are there', () => {
    const wrong = formCatalogue().flatMap((form) =>
      form.titles
        .filter((text) => kinds([title(text), ...form.labels.slice(0, 8)])[0] !== form.kind)
        .map((text) => `${form.kind}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('knows a form for every kind that can come as a paper of its own', () => {
    const known = new Set(formCatalogue().map(({ kind }) => kind as string));
    const derived = [
      'kihon_checklist_or_yoshien_application',
      'shien_keikakusho_signed',
      'shien_keikakusho_final',
      'care_plan_original',
      'care_plan_copy',
      'shien_keika_with_reason',
      'riyohyo_copy',
      'kojin_joho_doisho_user',
      'kojin_joho_doisho_family',
      'latest_keikaku',
      'jisshi_jokyo_shorui',
      'keikaku',
      'hosoku_joho',
    ];
    expect(
      Object.keys(DOCUMENT_KINDS)
        .filter((kind) => !known.has(kind))
        .sort(),
    ).toEqual(derived.sort());
  });

  it('goes on with a form whose next page repeats the title with a page number', () => {
    const lines = [row('利用者氏名', '見本 花子'), row('年月日', '内容')];
    expect(kinds([title('経過記録'), '1/2', ...lines], [title('経過記録'), '2/2', ...lines])).toEqual([
      'keika_kiroku',
    ]);
    expect(kinds([title('経過記録'), ...lines], [title('経過記録'), ...lines])).toEqual([
      'keika_kiroku',
      'keika_kiroku',
    ]);
  });

  it('puts every page into exactly one document', () => {
    const pages = asPages(
      ['a'],
      [title('経過記録'), '利用者氏名', '年月日 内容'],
      ['b'],
      [],
      [title('理由書'), '理由', '提出日'],
      ['c'],
    );
    const documents = recogniseDocuments(pages);
    expect(documents.flatMap((each) => each.pages.map(({ page }) => page))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(documents.map(({ kind }) => kind)).toEqual([null, 'keika_kiroku', 'riyusho']);
  });

  it('says which other kind the same sheet is', () => {
    const [sheet] = recogniseDocuments(
      asPages([
        title('介護予防サービス利用票・利用票別表（兼介護予防サービス計画）'),
        '保険者番号 被保険者番号 提供時間帯',
      ]),
    );
    expect(sheet).toMatchObject({ kind: 'riyohyo', also: ['riyohyo_beppyo'] });
  });
});
