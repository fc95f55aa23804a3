import { type Case, type Certification, planner, wareki } from '../model.ts';
import { compact, keyCells } from './cells.ts';
import { DOMAINS, PROGRAMMES } from './layouts/upyobo.ts';
import { csvFileName, type Sending } from './sending.ts';
import { type CsvRow, type SampleFile, writeCsv } from './write-csv.ts';

/** 介護予防サービス・支援計画書 with its 別表. */
export function upyoboFiles(cases: Case[], sending: Sending): SampleFile[] {
  const main = cases.map((c): CsvRow => {
    const {
      person: p,
      person: { story },
    } = c;
    const by = planner(c);
    const hits = programmeHits(p.checklist.hits);
    const row: CsvRow = {
      ...keyCells(c),
      '計画作成(変更)日': compact(c.planDate),
      計画種類: c.planKind,
      委託の有無: c.commissioned ? 2 : 1,
      整理番号: p.insured.slice(-4),
      利用者名: p.name,
      認定年月日: compact(p.certDecided),
      認定有効期間開始日: p.certification === '事業対象者' ? '' : compact(p.certFrom),
      認定有効期間終了日: p.certification === '事業対象者' ? '' : compact(p.certTo),
      計画書区分: c.division,
      認定状況区分: 2,
      要支援状態区分: PLAN_STATUS[p.certification] ?? '',
      地域包括支援センター担当者名: c.center.staff,
      担当介護支援専門員名: c.office?.careManager,
      '計画作成者事業者・事業所名': by.name,
      '計画作成者事業者・事業所住所': by.address,
      '計画作成者事業者・事業所電話番号': by.phone,
      初回作成日: compact(c.firstPlanDate),
      担当地域包括支援センター: c.center.name,
      '目標とする生活(1日)': story.goalDay,
      '目標とする生活(1年)': story.goalYear,
      健康状態の留意点: story.health,
      妥当な支援の実施に向けた方針: '本来行うべき支援をそのまま実施できる。',
      総合的な方針: story.policy,
      地域包括支援センター意見: c.commissioned || !c.office ? '計画の内容は妥当と認める。' : '',
      同意日: c.consentDate ? compact(c.consentDate) : '',
      同意者氏名: c.consentDate ? p.name : '',
    };
    DOMAINS.forEach((name, i) => {
      const domain = story.domains[i]!;
      row[`${name}現在の状況`] = domain.state;
      row[`${name}本人・家族の意欲・意向`] = domain.wish;
      row[`${name}領域における課題の有無`] = domain.problem ? 1 : 2;
      row[`${name}領域における課題`] = domain.problem ?? '';
    });
    PROGRAMMES.forEach((name, i) => {
      row[`該当数(${name})`] = hits[i];
      row[`要否(${name})`] = (hits[i] ?? 0) >= (PROGRAMME_LIMITS[i] ?? 0) ? 1 : 2;
    });
    return row;
  });
  const sub = cases.flatMap((c) =>
    c.planned.map((service, i): CsvRow => {
      const { story } = c.person;
      // 課題と目標は最初の行だけに書き、続く行は空欄（標準仕様の書き方）
      const head = i === 0;
      return {
        ...keyCells(c),
        '計画作成(変更)日': compact(c.planDate),
        課題ＮＯ: '1',
        総合的課題: head ? story.problem : '',
        課題に対する目標と具体策の提案: head ? story.proposal : '',
        '具体策についての意向本人・家族': head ? story.wish : '',
        目標: head ? story.goal : '',
        支援計画ＮＯ: '1',
        目標についての支援のポイント: head ? story.point : '',
        '本人等のセルフケアや家族の支援、インフォーマルサービス': head ? story.selfCare : '',
        介護保険サービス又は地域支援事業: service.content,
        利用サービスＮＯ: String(i + 1),
        サービス種別: service.name,
        '事業所(利用先)': service.provider.name,
        期間: planPeriod(c),
      };
    }),
  );
  return [
    { name: csvFileName('UPYOBO', sending), bytes: writeCsv('UPYOBO', main, sending.habits) },
    { name: csvFileName('UPYOBO_SUB', sending), bytes: writeCsv('UPYOBO_SUB', sub, sending.habits) },
  ];
}

/** 期間 as a plan prints it: 令和6年4月1日～令和6年9月30日. */
export const planPeriod = (c: Case): string => `${wareki(c.planFrom)}～${wareki(c.planTo)}`;

/** 要支援状態区分 as a code. */
const PLAN_STATUS: Partial<Record<Certification, string>> = { 要支援1: '1', 要支援2: '2', 事業対象者: '3' };

/** Questions of each programme on the 基本チェックリスト. */
const PROGRAMME_RANGES: [number, number][] = [
  [6, 10],
  [11, 12],
  [13, 15],
  [16, 17],
  [18, 20],
  [21, 25],
];
/** 該当項目数 that asks for the programme (national criteria; the profiles hold their grade). */
const PROGRAMME_LIMITS = [3, 2, 2, 1, 1, 2];
const programmeHits = (hits: number[]): number[] =>
  PROGRAMME_RANGES.map(([from, to]) => hits.filter((n) => n >= from && n <= to).length);
