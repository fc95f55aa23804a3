import { type Case, type Certification, planner } from '../model.ts';
import { CERT_CODE, compact, keyCells } from './cells.ts';
import { csvFileName, type Sending } from './sending.ts';
import { type CsvRow, type SampleFile, writeCsv } from './write-csv.ts';

/** 利用者補足情報, sent with the 利用票 of a month. */
export function uphosokuFile(cases: Case[], sending: Sending): SampleFile {
  const rows = cases.map((c): CsvRow => {
    const { person: p } = c;
    return {
      ...keyCells(c),
      '居宅サービス計画作成（変更）日': '00000000',
      利用者氏名フリガナ: p.kana,
      利用者氏名: p.name,
      利用者性別: p.sex === '男' ? 1 : 2,
      利用者生年月日: compact(p.birth),
      利用者郵便番号: p.postal,
      利用者住所１: p.address,
      利用者電話番号: p.phone,
      認定日: compact(p.certDecided),
      限度額適用開始年月日: p.certification === '事業対象者' ? '' : compact(p.certFrom),
      限度額適用終了年月日: p.certification === '事業対象者' ? '' : compact(p.certTo),
      認定状況区分: 2,
      要介護状態区分: CERT_CODE[p.certification],
      区分支給限度基準額: LIMIT[p.certification],
      更新業者コード: planner(c).number,
      対象年月: compact(c.month),
    };
  });
  return {
    name: csvFileName('UPHOSOKU', sending, cases[0]!.month),
    bytes: writeCsv('UPHOSOKU', rows, sending.habits),
  };
}

/** 区分支給限度基準額 in units; the city sets that of 事業対象者. */
const LIMIT: Partial<Record<Certification, number>> = { 要支援1: 5032, 要支援2: 10531, 事業対象者: 5032 };
