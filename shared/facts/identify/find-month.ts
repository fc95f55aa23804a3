import { monthOf } from '../../calendar/days.ts';
import type { Reading } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { type Fact, type ReadonlyFacts, usableValue } from '../fact.ts';
import { assumedFact, evidenceOf, readFact } from '../make-fact.ts';
import { isPlan, type Readings } from '../readings.ts';

/** The service month of a packet. */
export interface ServiceMonth {
  /** the month the documents show; null where they show none, or several */
  shown: Fact | null;
  /** the month that counts (YYYY-MM): the documents' where it is known, else the cover's */
  value: string | null;
}

/** The service month: of the 実績, else of any 利用票, else of the dates of the plan. Several are a finding. */
export function findMonth(
  readings: Readings,
  cover: ReadonlyFacts,
): { month: ServiceMonth; findings: Finding[] } {
  const given = cover.get('service_month');
  const { shown, findings } = shownMonth(readings, usableValue<string>(given));
  const counting = given && shown?.state !== 'known' ? given : shown;
  return { month: { shown: shown ?? null, value: usableValue<string>(counting) ?? null }, findings };
}

interface Shown {
  shown?: Fact | undefined;
  findings: Finding[];
}

function shownMonth(readings: Readings, given: string | undefined): Shown {
  const all = readings.of('service_month');
  if (given && monthsIn(all).includes(given))
    return { shown: monthFact(all.filter((r) => r.value === given)), findings: [] };
  // 実績 decides: a packet of May often brings the 利用票 of June along.
  const used = readings.of(
    'service_month',
    (d) => d.title === 'UPJSK' || d.readings.some((r) => r.field === 'service_actual'),
  );
  const candidates = used.length > 0 ? used : all;
  const months = monthsIn(candidates);
  if (months.length > 1) return { findings: [twoMonths(months, candidates)] };
  if (months.length === 1) return { shown: monthFact(candidates), findings: [] };
  return given ? { findings: [] } : monthOfPlan(readings);
}

const monthsIn = (readings: Reading[]): string[] => [...new Set(readings.map((r) => String(r.value)))].sort();

const monthFact = (readings: Reading[]): Fact | undefined => readFact('service_month', readings);

/**
 * Without a 利用票: a plan is made before the month it begins with. The consent on a 利用者基本情報 or a
 * 重要事項説明書 is of no month.
 */
function monthOfPlan(readings: Readings): Shown {
  const dated =
    readings.of('plan_from', isPlan)[0] ??
    readings.of('plan_created')[0] ??
    readings.of('notification_date')[0] ??
    readings.of('consent_date', isPlan)[0];
  if (!dated) return { findings: [noMonth()] };
  const reason = '利用票がないため計画書等の日付の月とした';
  return {
    shown: assumedFact('service_month', monthOf(String(dated.value)), reason, evidenceOf([dated])),
    findings: [],
  };
}

const twoMonths = (months: string[], candidates: Reading[]): Finding =>
  fileFinding(
    'F_PACKET_TWO_MONTHS',
    'error',
    candidates.find((r) => r.value !== candidates[0]!.value)!.where,
    `一つの提出に${months.join('と')}の書類が混ざっていて、どの月の提出か決められません。`,
    '月ごとにフォルダーを分けるか、送付票に「サービス提供月」を書いて出し直してください。',
  );

const noMonth = (): Finding =>
  fileFinding(
    'F_PACKET_NO_MONTH',
    'review',
    {},
    'サービス提供月を、どの書類からも読み取れません。月によって単位数や区分が変わるため、判断できません。',
    '利用票（予定・実績）を加えるか、送付票に「サービス提供月」を書いて出し直してください。',
  );
