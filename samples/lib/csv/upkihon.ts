import { type Case, planner } from '../model.ts';
import { CERT_CODE, compact, keyCells } from './cells.ts';
import { csvFileName, type Sending } from './sending.ts';
import { type CsvRow, type SampleFile, writeCsv } from './write-csv.ts';

/** 利用者基本情報 with its two 別表. */
export function upkihonFiles(cases: Case[], sending: Sending): SampleFile[] {
  const consulted = (c: Case): string => compact(c.firstPlanDate);
  const parent = (c: Case): CsvRow => ({ ...keyCells(c), 相談日: consulted(c) });
  const main = cases.map((c): CsvRow => {
    const { person: p } = c;
    const isCertified = p.certification !== '事業対象者';
    return {
      ...parent(c),
      計画種類: c.planKind,
      委託の有無: c.commissioned ? 2 : 1,
      作成担当者: planner(c).author,
      相談方法: '01',
      相談回数: '01',
      利用者の現況: '01',
      利用者氏名フリガナ: p.kana,
      利用者氏名: p.name,
      利用者性別: p.sex === '男' ? 1 : 2,
      利用者生年月日: compact(p.birth),
      利用者住所: p.address,
      利用者電話番号: p.phone,
      障害高齢者の日常生活自立度: '12',
      認知症高齢者の日常生活自立度: '01',
      要介護状態区分: isCertified ? CERT_CODE[p.certification] : '',
      認定有効期限開始日: isCertified ? compact(p.certFrom) : '',
      認定有効期間終了日: isCertified ? compact(p.certTo) : '',
      基本チェックリスト記入結果: p.checklist.hits.length >= 3 ? 1 : 2,
      基本チェックリスト記入日: compact(p.checklist.date),
      '障害等認定(身障)': 0,
      '障害等認定(療育)': 0,
      '障害等認定(精神)': 0,
      '障害等認定(難病)': 0,
      居住形態: '05',
      自室の階数: '1',
      住宅改修の有無: 2,
      '経済状況(国民年金)': 1,
      '経済状況(厚生年金)': 0,
      '経済状況(障害年金)': 0,
      '経済状況(生活保護)': 0,
      '来所者(相談者)氏名': p.family.name,
      '来所者(相談者)住所': p.family.address,
      '来所者(相談者)電話番号': p.family.phone,
      '来所者(相談者)続柄': p.family.relation,
      '1緊急連絡先(氏名)': p.family.name,
      '1緊急連絡先(続柄)': p.family.relation,
      '1緊急連絡先(住所)': p.family.address,
      '1緊急連絡先(電話番号)': p.family.phone,
      家族関係等の状況: `${p.family.relation}が近くに住み、週末に来訪する。`,
      今までの生活: p.story.life,
      '１日の生活・すごし方(生活全般)': p.story.now,
      '趣味・楽しみ・特技': p.story.hobby,
      '友人・地域との関係': p.story.friends,
      現在利用している公的サービス: c.planned.map((service) => service.name).join('、'),
      現在利用している非公的サービス: '配食（民間）',
      同意日: c.consentDate ? compact(c.consentDate) : '',
      同意者氏名: c.consentDate ? p.name : '',
    };
  });
  const day = cases.flatMap((c): CsvRow[] =>
    [
      ['6:00', '起床、朝食', ''],
      ['10:00', '掃除、洗濯', ''],
      ['15:00', '近所を散歩', `${c.person.family.relation}と電話`],
      ['21:00', '就寝', ''],
    ].map(([time, self, family]) => ({
      ...parent(c),
      時間: time,
      本人の生活状況: self,
      '介護者・家族の生活状況': family,
    })),
  );
  const illness = cases.flatMap((c): CsvRow[] =>
    c.person.story.illness.map((i) => ({
      ...parent(c),
      年月日: i.since,
      病名: i.name,
      '医療機関・医師名': i.doctor,
      '主治医・意見作成者フラグ': 1,
      経過: '01',
      治療中の内容: i.treatment,
    })),
  );
  return [
    { name: csvFileName('UPKIHON', sending), bytes: writeCsv('UPKIHON', main, sending.habits) },
    { name: csvFileName('UPKIHON_SUB1', sending), bytes: writeCsv('UPKIHON_SUB1', day, sending.habits) },
    { name: csvFileName('UPKIHON_SUB2', sending), bytes: writeCsv('UPKIHON_SUB2', illness, sending.habits) },
  ];
}
