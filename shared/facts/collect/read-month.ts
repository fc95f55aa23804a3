import { monthOf } from '../../calendar/days.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { evidenceOf, putDerived, putRead, type Readings } from '../readings.ts';

export function readMonth(facts: FactSheet, readings: Readings, cover: FactSheet, findings: Finding[]): void {
  const wanted = factValue<string>(cover, 'service_month');
  const used = readings.of(
    'service_month',
    (d) => d.title === 'UPJSK' || d.readings.some((r) => r.field === 'service_actual'),
  );
  const all = readings.of('service_month');
  const months = (list: typeof all): string[] => [...new Set(list.map((r) => String(r.value)))].sort();
  // 実績 decides: a packet of May often brings the 利用票 of June along.
  const candidates = months(used).length > 0 ? used : all;
  if (wanted && months(all).includes(wanted)) {
    putRead(
      facts,
      'service_month',
      all.filter((r) => r.value === wanted),
    );
  } else if (months(candidates).length === 1) {
    putRead(facts, 'service_month', candidates);
  } else if (months(candidates).length > 1) {
    findings.push(
      fileFinding(
        'F_PACKET_TWO_MONTHS',
        'error',
        candidates.find((r) => r.value !== candidates[0]!.value)!.where,
        `一つの提出に${months(candidates).join('と')}の書類が混ざっていて、どの月の提出か決められません。`,
        '月ごとにフォルダーを分けるか、送付票（packet.json）の service_month に提供月を書いて出し直してください。',
      ),
    );
  } else if (!wanted) {
    // The consent on a 利用者基本情報 or a 重要事項説明書 says nothing of a month.
    // A plan is made before the month it begins with.
    const plan =
      readings.of('plan_from', (d) => d.kind === 'shien_keikakusho')[0] ??
      readings.of('plan_created')[0] ??
      readings.of('notification_date')[0] ??
      readings.of('consent_date', (d) => d.kind === 'shien_keikakusho')[0];
    if (plan) {
      putDerived(
        facts,
        'service_month',
        monthOf(String(plan.value)),
        'assumed',
        '利用票がないため計画書等の日付の月とした',
        evidenceOf([plan]),
      );
    } else {
      findings.push(
        fileFinding(
          'F_PACKET_NO_MONTH',
          'review',
          {},
          'サービス提供月を、どの書類からも読み取れません。月によって単位数や区分が変わるため、判断できません。',
          '利用票（予定・実績）を加えるか、送付票（packet.json）の service_month に「2024-05」のように書いて出し直してください。',
        ),
      );
    }
  }
}
