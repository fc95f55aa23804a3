import type { ServiceUse } from '../documents/document.ts';
import { type FactSheet, factValue } from '../facts/fact.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import { categoryLabel } from '../vocabulary/labels.ts';
import type { Decision } from './verdict.ts';

/**
 * What the rules could not settle although nothing was wrong: a month without a category is for a person to decide
 * (no seed covers a month in which no service was used), never an acceptance.
 * @param reported findings of the papers; one on a negative count is not repeated here
 */
export function undecided(decision: Decision, facts: FactSheet, reported: Finding[] = []): Finding[] {
  const isTold = decision.findings.some((f) => f.severity === 'error' || REASONS.has(f.code));
  if (decision.category !== null || isTold) return [];
  if (factValue<boolean>(facts, 'flags.no_service_used')) return [unusedMonth(facts)];
  const needs: string[] = [];
  if (!facts.has('certification')) needs.push('認定（要支援1・2、事業対象者の別）');
  if (!facts.has('services_actual') && !facts.has('services_planned'))
    needs.push('使ったサービス（利用票・実績）');
  if (!facts.has('provider_route')) needs.push(`実施の経路（${routeSources(facts)}）`);
  const services = servicesOf(facts);
  const unknown = namesOf(services.filter((s) => s.class === 'unknown' && !s.uncounted));
  if (unknown) needs.push(`${unknown}の区分（予防給付か総合事業か）`);
  const uncounted = namesOf(services.filter((s) => s.uncounted));
  if (uncounted) needs.push(`${uncounted}を使ったかどうか（回数が負の数）`);
  if (uncounted && needs.length === 1 && reported.some(({ code }) => code === 'F_CSV_VALUE')) return [];
  const none =
    factValue<string>(facts, 'certification') === 'none'
      ? '要支援の認定も事業対象者の登録もないとされています。'
      : '';
  return [
    fileFinding(
      'F_FACT_UNDECIDED',
      'review',
      {},
      `この月の区分を決められません。${none}${needs.length > 0 ? `読み取れなかったもの：${needs.join('、')}。` : ''}`,
      none
        ? '被保険者証で認定の有無を確かめてください。認定か事業対象者の登録があれば、分かる書類の写しを添えて出し直してください。なければ、認定の申請か基本チェックリストの実施について、地域包括支援センターに相談してください。'
        : '足りない内容が分かる書類（計画書、利用票・実績、被保険者証の写し）を加えるか、送付票に書いて出し直すと、確認を待たずに処理できます。',
    ),
  ];
}

const servicesOf = (facts: FactSheet): ServiceUse[] =>
  factValue<ServiceUse[]>(facts, 'services_actual') ??
  factValue<ServiceUse[]>(facts, 'services_planned') ??
  [];

/** What would tell the route; of a month of 介護予防支援 also why the registry does not (facts/collect/read-route.ts). */
function routeSources(facts: FactSheet): string {
  const papers = '計画種類と委託の有無、または届出書の担当事業所';
  const isDesignated = factValue<boolean>(facts, 'office_designated_yobo_shien');
  if (isDesignated === undefined || !servicesOf(facts).some((s) => s.class === 'yobo_kyufu')) return papers;
  return isDesignated
    ? `${papers}。登録簿では、直接と委託のどちらもありえます`
    : `${papers}。登録簿に、この事業所の介護予防支援の指定も、介護予防支援の委託もありません`;
}

/** Findings that say why a month has no category yet. */
const REASONS = new Set<Finding['code']>(['F_NOT_ELIGIBLE', 'F_CERT_PENDING']);

/** Services as they are printed; empty without one. */
const namesOf = (services: ServiceUse[]): string =>
  [...new Set(services.map(({ name }) => `「${name}」`))].join('、');

/** A month without use stays what the month before was: no source makes it a switch, and none says what is claimed. */
function unusedMonth(facts: FactSheet): Finding {
  const before = factValue<string>(facts, 'previous_category');
  const reason = factValue<string>(facts, 'flags.no_use_reason');
  const sentences = [
    `この月はサービスの利用実績がありません${reason ? `（理由：${reason}）` : ''}。`,
    before
      ? `前の区分は「${categoryLabel(before)}」で、利用のない月に区分が切り替わることはありません。`
      : '',
    '実績のない月の区分と請求は、国の通知にも市の資料にも定めがないため、担当者が判断します。',
  ];
  return fileFinding(
    'F_FACT_UNDECIDED',
    'review',
    facts.get('flags.no_service_used')?.evidence[0]?.where ?? {},
    sentences.join(''),
    reason
      ? '判断が出るまで請求は控えてください。区分が変わらないため、区分変更の届出は不要です。'
      : '利用がなかった理由（入院、中止など）を支援経過か送付票に書いて出してください。判断が出るまで請求は控えてください。区分が変わらないため、区分変更の届出は不要です。',
  );
}
