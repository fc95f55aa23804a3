import { describe, expect, it } from 'vitest';
import { endingsIn } from '../../../../../shared/documents/forms/fields/endings.ts';
import { readForm } from '../../../../../shared/documents/forms/read-form.ts';
import { asPages, type PageLines, row } from '../../../../builders/pdf.ts';

describe('a sentence of a record', () => {
  it.each([
    ['長女より電話、本日早朝に死亡したとの連絡', 'death'],
    ['見本市へ転出した', 'moved'],
    ['本人が見本病院に入院となった', 'hospital'],
    ['特別養護老人ホーム見本苑に入所した', 'facility'],
    ['要介護1の認定を受けた', 'yokaigo'],
    ['担当の事業所を変更した', 'office_changed'],
    ['本人の希望どおり回復し、契約を終了した', undefined],
    ['体力が戻り、介護予防支援を終了した', 'not_needed'],
  ])('%s: %s', (sentence, reason) => {
    expect(endingsIn(sentence)[0]).toBe(reason);
  });

  it.each([
    '夫が入院したため、週末は一人で過ごす',
    '来月、見本病院に入院の予定',
    '入院時に連絡するよう説明した',
    '昨年入院したことを話された',
    '要介護1から要支援2に変わった',
    '短期入所した',
    '本日退院した',
    'サービス担当者会議を終了した',
    '施設への入所は希望しないとのこと',
  ])('%s: no ending', (sentence) => {
    expect(endingsIn(sentence)).toEqual([]);
  });
});

describe('the forms', () => {
  const read = (kind: 'keika_kiroku' | 'hyokahyo', ...lines: PageLines) =>
    readForm('様式.pdf', kind, '様式', asPages(lines))
      .filter(({ field }) => field === 'ended_entry' || field === 'no_use_reason')
      .map(({ field, value }) => [field, value]);

  it('read the day of the entry, the day in the sentence and why nothing was used', () => {
    const lines = [
      row('令和6年6月5日', '訪問介護は体調不良のため利用を休み。'),
      row('令和6年6月12日', '令和6年6月10日に死亡された。'),
    ];
    expect(read('keika_kiroku', row('利用者氏名', '見本 花子'), ...lines)).toEqual([
      ['no_use_reason', '体調不良'],
      ['ended_entry', '2024-06-10 death'],
    ]);
  });

  it('read why a plan ended only from a 評価表 whose result is 終了', () => {
    const reason = row('総合所見', '令和6年6月10日、本人が死亡した');
    expect(read('hyokahyo', row('今後の方針', '■終了　□プラン継続　□プラン変更'), reason)).toEqual([
      ['ended_entry', 'death'],
    ]);
    expect(read('hyokahyo', row('今後の方針', '□終了　■プラン継続　□プラン変更'), reason)).toEqual([]);
  });

  it.each([
    // a legend, and the reason told elsewhere
    [[row('終了', '死亡、転出'), row('総合所見', '見本市へ転出した')], ['moved']],
    [[row('※終了は、死亡・転出・サービス不要など'), row('総合所見', '本人が死亡した')], ['death']],
    [[row('終了理由', '死亡／転出／施設入所／不要')], []],
    // a choice
    [[row('終了理由', '□死亡　■転出　□入院　□施設入所　□その他')], ['moved']],
    [[row('終了理由', '□死亡　□転出　□入院　□施設入所　□その他')], []],
    [[row('終了理由', '1 死亡  ○2 転出  3 入院'), row('総合所見', '見本市へ転出した')], ['moved']],
    // a sentence that names two
    [[row('総合所見', '入院し、令和6年6月10日に死亡した')], []],
    [[row('総合所見', '要介護の申請はせず、サービスがすべて不要となった')], []],
  ])('read the reason of %j: %j', (lines, reasons) => {
    const result = row('今後の方針', '■終了　□プラン継続　□プラン変更');
    expect(read('hyokahyo', result, ...lines).map(([, reason]) => reason)).toEqual(reasons);
  });
});
