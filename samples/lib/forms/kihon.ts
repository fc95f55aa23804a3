import type { Case } from '../model.ts';
import { planner, wareki } from '../model.ts';
import type { Page } from '../page.ts';
import { boxes, label, newPage, putCell, putParagraph, putTable, putText, putTitle } from '../page.ts';

const LEFT = 40;
const WIDTHS = [86, 172, 86, 171];

/** 利用者基本情報, two pages. */
export function kihonJoho(c: Case): Page[] {
  return [about(c), life(c)];
}

function about(c: Case): Page {
  const page = newPage();
  const p = c.person;
  const isCertified = p.certification !== '事業対象者';
  let y = putTitle(page, 30, '利用者基本情報');
  putText(page, 400, y, `作成担当者：${planner(c).author}`, { size: 9 });
  putText(page, LEFT, y, '《基本情報》', { size: 9 });
  y = putTable(
    page,
    LEFT,
    y + 14,
    WIDTHS,
    [
      [
        label('相談日'),
        `${wareki(c.firstPlanDate)}　${boxes(['来所', '電話', 'その他'], '来所')}`,
        label('初回／再来'),
        boxes(['初回', '再来'], '初回'),
      ],
      [label('本人の現況'), { text: boxes(['在宅', '入院・入所中'], '在宅'), span: 3 }],
      [label('フリガナ'), p.kana, label('性別'), boxes(['男', '女'], p.sex)],
      [
        label('本人氏名'),
        { text: p.name, size: 11 },
        label('生年月日'),
        `${wareki(p.birth)}生（${age(p.birth, c.firstPlanDate)}）歳`,
      ],
      [label('住所'), { text: `〒${p.postal}　${p.address}`, span: 3 }],
      [label('電話番号'), `Tel ${p.phone}`, label('Fax'), ''],
      [
        label('日常生活自立度'),
        {
          text: `障害高齢者の日常生活自立度　${boxes(['自立', 'J1', 'J2', 'A1', 'A2', 'B1'], 'J2')}`,
          span: 3,
        },
      ],
      [
        label(''),
        {
          text: `認知症高齢者の日常生活自立度　${boxes(['自立', 'Ⅰ', 'Ⅱａ', 'Ⅱｂ', 'Ⅲａ'], '自立')}`,
          span: 3,
        },
      ],
      [
        label('認定情報'),
        {
          text: `${boxes(['非該当', '要支援1', '要支援2', '要介護1'], isCertified ? p.certification : null)}\n${
            isCertified
              ? `認定年月日 ${wareki(p.certDecided)}　有効期間 ${wareki(p.certFrom)}～${wareki(p.certTo)}`
              : '認定なし'
          }`,
          span: 3,
        },
      ],
      [
        label('基本チェックリスト'),
        {
          text: `記入結果：事業対象者の該当　${boxes(['あり', 'なし'], p.checklist.hits.length >= 3 ? 'あり' : 'なし')}　記入日：${wareki(p.checklist.date)}`,
          span: 3,
        },
      ],
      [
        label('障害等認定'),
        { text: `${boxes(['身障', '療育', '精神', '難病'], null)}　特記事項：なし`, span: 3 },
      ],
      [
        label('本人の住居環境'),
        {
          text: `${boxes(['自宅', '借家'], '自宅')}　${boxes(['一戸建て', '集合住宅'], '一戸建て')}　自室の有無 ■有（1階）　住宅改修の有無 ■無`,
          span: 3,
        },
      ],
      [
        label('経済状況'),
        { text: boxes(['国民年金', '厚生年金', '障害年金', '生活保護', 'その他'], '国民年金'), span: 3 },
      ],
      [label('来所者（相談者）'), p.family.name, label('続柄'), p.family.relation],
      [label('住所・連絡先'), { text: `${p.family.address}　${p.family.phone}`, span: 3 }],
    ],
    { size: 8, minHeight: 20 },
  );
  y = putTable(
    page,
    LEFT,
    y,
    [86, 110, 60, 160, 99],
    [
      [label('緊急連絡先'), label('氏名'), label('続柄'), label('住所'), label('電話番号')],
      [label('1'), p.family.name, p.family.relation, p.family.address, p.family.phone],
      [label('2'), '', '', '', ''],
    ],
    { size: 8, minHeight: 20 },
  );
  putCell(page, LEFT, y, 86, 110, '家族構成', { label: true, align: 'center' });
  putCell(page, LEFT + 86, y, 258, 110, '', {});
  putCell(
    page,
    LEFT + 344,
    y,
    171,
    110,
    `家族関係等の状況\n${p.family.relation}が近くに住み、週末に来訪する。`,
    {
      valign: 'top',
    },
  );
  genogram(page, LEFT + 150, y + 20, p.sex);
  putText(page, LEFT, y + 118, '把握経路：本人・家族からの相談', { size: 8 });
  return page;
}

/** ◎＝本人、○＝女性、□＝男性. */
function genogram(page: Page, x: number, y: number, sex: '男' | '女'): void {
  putText(page, x - 60, y - 14, '◎＝本人　○＝女性　□＝男性　●■＝死亡', { size: 7 });
  putText(page, x + 30, y + 8, sex === '女' ? '■' : '●', { size: 16 });
  putText(page, x + 90, y + 8, '◎', { size: 16 });
  page.marks.push({ kind: 'line', x1: x + 47, y1: y + 17, x2: x + 89, y2: y + 17, width: 0.7 });
  page.marks.push({ kind: 'line', x1: x + 68, y1: y + 17, x2: x + 68, y2: y + 48, width: 0.7 });
  putText(page, x + 60, y + 48, '○', { size: 16 });
  putText(page, x + 80, y + 54, '別居', { size: 7 });
}

function life(c: Case): Page {
  const page = newPage();
  const { story, family } = c.person;
  putText(page, LEFT, 30, '《介護予防に関する事項》', { size: 9 });
  putText(page, 400, 30, `本人氏名：${c.person.name}`, { size: 9 });
  let y = putTable(page, LEFT, 44, [100, 415], [[label('今までの生活'), story.life]], { minHeight: 50 });
  y = putTable(
    page,
    LEFT,
    y,
    [100, 60, 130, 225],
    [
      [
        label('現在の生活状況（どんな暮らしを送っているか）', 2),
        label('1日の生活・すごし方'),
        label('趣味・楽しみ・特技'),
      ],
      [{ text: story.now, span: 2 }, '規則正しく過ごす。', story.hobby],
    ],
    { minHeight: 30 },
  );
  y = putTable(
    page,
    LEFT,
    y,
    [60, 180, 120, 155],
    [
      [label('時間'), label('本人'), label('介護者・家族'), label('友人・地域との関係')],
      ['6:00', '起床、朝食', '', story.friends],
      ['10:00', '掃除、洗濯', '', ''],
      ['15:00', '近所を散歩', `${family.relation}と電話`, ''],
      ['21:00', '就寝', '', ''],
    ],
    { minHeight: 20 },
  );
  putText(
    page,
    LEFT,
    y + 10,
    '《現病歴・既往歴と経過》（新しいものから書く・現在の状況に関連するものは必ず書く）',
    {
      size: 9,
    },
  );
  y = putTable(
    page,
    LEFT,
    y + 24,
    [64, 96, 130, 60, 75, 90],
    [
      [
        label('年月日'),
        label('病名'),
        label('医療機関・医師名（主治医・意見作成者に☆）'),
        label('Tel'),
        label('経過'),
        label('治療中の場合は内容'),
      ],
      ...story.illness.map((i) => [
        i.since,
        i.name,
        `☆${i.doctor}`,
        '0000-00-0000',
        boxes(['治療中', '経観中', 'その他'], '治療中'),
        i.treatment,
      ]),
    ],
    { size: 7.5, minHeight: 26 },
  );
  putText(page, LEFT, y + 10, '《現在利用しているサービス》', { size: 9 });
  y = putTable(
    page,
    LEFT,
    y + 24,
    [257, 258],
    [
      [label('公的サービス'), label('非公的サービス')],
      [c.planned.map((s) => s.name).join('、') || 'なし', '配食（民間）'],
    ],
    { minHeight: 30 },
  );
  y = putParagraph(
    page,
    LEFT,
    y + 16,
    515,
    '地域包括支援センターが行う事業の実施に当たり、利用者の状況を把握する必要があるときは、基本チェックリスト記入内容、要介護認定・要支援認定に係る調査内容、介護認定審査会による判定結果・意見、及び主治医意見書と同様に、利用者基本情報、アセスメントシートを、居宅介護支援事業者、居宅サービス事業者、総合事業におけるサービス事業等実施者、介護保険施設、主治医その他本事業の実施に必要な範囲で関係する者に提示することに同意します。',
    8,
  );
  putText(page, LEFT, y + 10, `${wareki(c.consentDate ?? c.firstPlanDate)}　　氏名　${c.person.name}　印`, {
    size: 10,
  });
  return page;
}

function age(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}
