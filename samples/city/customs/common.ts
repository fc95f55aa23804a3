import type { Case } from '../../lib/model.ts';
import type { CsvSet } from '../../lib/packet.ts';
import { addDays, addMonths, firstDay, lastDay } from '../calendar.ts';
import { type Dossier, type Need, noPapers } from '../dossier.ts';
import type { PersonMonth } from '../life.ts';
import type { Random } from '../random.ts';
import type { Town } from '../town.ts';

/** How the offices of one city work: the contents of a packet, and what the city's own document requires. */
export interface Customs {
  /** adds everything to the packet that the city requires in this month */
  compose(d: Dossier, random: Random): void;
}

/** When a packet leaves the office: with the plan, before the month, or with the 実績 after it. */
export type Batch = 'plan' | 'month';

/** A packet with the CSV files every office sends and a cover; the customs of the city add the rest. */
export function openDossier(
  town: Town,
  month: PersonMonth,
  batch: Batch,
  csvOnly: boolean,
  random: Random,
): Dossier {
  const planTime = batch === 'plan';
  const received = planTime
    ? addDays(month.plan.consented, random.int(1, 4))
    : addDays(firstDay(addMonths(month.month, 1)), random.int(1, 8));
  const coded = month.planned.some((s) => s.code !== null);
  // After the move to 居宅介護支援 a person has no preventive plan and no 利用票 of this office.
  const hasLeft = month.event === 'to_yokaigo';
  const csv: CsvSet[] = hasLeft
    ? ['kihon']
    : [
        ...(planTime || random.chance(0.5) ? (['kihon'] as const) : []),
        'plan',
        ...(coded ? (['riyohyo'] as const) : []),
        ...(coded && !planTime ? (['jisseki'] as const) : []),
      ];
  const d: Dossier = {
    town,
    month,
    c: caseOf(month, planTime),
    received,
    stamp: `${received.replaceAll('-', '')}${String(random.int(8, 17)).padStart(2, '0')}${String(random.int(0, 59)).padStart(2, '0')}00`,
    to: month.area.center,
    csv,
    hasPictures: false,
    csvOnly,
    papers: noPapers(),
    cover: null,
    needs: [],
    standing: [],
    tampering: [],
    verdict: {},
    tolerated: [],
  };
  d.cover = coverOf(d, coded);
  return d;
}

function caseOf(m: PersonMonth, planTime: boolean): Case {
  return {
    city: m.area.center.city,
    center: m.area.center,
    office: m.office?.office ?? null,
    person: m.person,
    month: m.month,
    planKind: m.kind === 'yobo_cm' ? 2 : 1,
    commissioned: m.route === 'itaku',
    division: m.plan.isFirst ? '11' : '21',
    planDate: m.plan.created,
    firstPlanDate: m.plan.first,
    planFrom: m.plan.from,
    planTo: m.plan.to,
    consentDate: m.plan.consented,
    planned: m.planned,
    used: planTime ? null : m.used,
  };
}

/** 送付票: the event, and what no file of this packet shows. */
function coverOf(d: Dossier, coded: boolean): Record<string, unknown> {
  const { month: m, c } = d;
  return {
    office_number: (c.office ?? c.center).number,
    center_number: c.center.number,
    insurer_number: c.city.insurer,
    insured_number: c.person.insured,
    name: c.person.name,
    service_month: c.month,
    event: m.event,
    new_user: m.event === 'new',
    provider_route: m.route,
    ...(m.before && { previous_category: categoryOf(m.before.kind, m.before.route) }),
    ...(m.certifiedBefore &&
      m.certifiedBefore !== m.person.certification && { previous_certification: m.certifiedBefore }),
    ...(m.event === 'to_yokaigo' && { certification: m.person.certification }),
    ...(!coded && {
      services_planned: m.planned.map((s) => ({ name: s.name, class: s.class })),
      services_actual: m.used.map((s) => ({ name: s.name, class: s.class })),
    }),
  };
}

/** Puts facts of a group (`dates`, `flags`) on the cover, where the packet has one. */
export function addToCover(d: Dossier, group: 'dates' | 'flags', facts: Record<string, unknown>): void {
  if (d.cover) d.cover[group] = { ...(d.cover[group] as object | undefined), ...facts };
}

/** The name of a category, from its kind and its provider. */
export function categoryOf(kind: PersonMonth['kind'], route: PersonMonth['route']): string | null {
  if (kind === null) return null;
  if (kind === 'kyotaku') return 'kyotaku';
  return `${kind}_${kind === 'yobo_cm' && route === 'direct' ? 'itaku' : route}`;
}

export const missing = (document: string, rule: string, more: Partial<Need> = {}): Need => ({
  document,
  code: 'F_DOC_MISSING',
  severity: 'error',
  rule,
  ...more,
});

export const isSwitch = (m: PersonMonth): boolean => m.event === 'category_switch';
/** A direct month of a designated office: the subject of the papers for designated offices. */
export const isDirect = (m: PersonMonth): boolean => m.route === 'direct' && m.kind === 'yobo_shien';

/** The reason for the category of this month, as a care manager records it. */
export function switchEntry(m: PersonMonth): { date: string; text: string } {
  const [from, to] =
    m.kind === 'yobo_cm'
      ? ['介護予防支援', '介護予防ケアマネジメント']
      : ['介護予防ケアマネジメント', '介護予防支援'];
  const cause =
    m.kind === 'yobo_cm'
      ? `${m.reason ?? ''}この月は予防給付のサービスの利用がなく、総合事業のみの利用となったため`
      : '予防給付のサービスを再び利用したため';
  const date = addDays(lastDay(m.month), -1);
  return isSwitch(m)
    ? {
        date,
        text: `＜ケアマネジメント区分の変更＞　変更の理由：${cause}、${from}から${to}へ区分を変更する。${m.area.center.name}へ電話で連絡した。`,
      }
    : {
        date,
        text: `変更の理由：総合事業のサービスのみの利用であるため、区分は${to}となる。${m.area.center.name}へ報告した。`,
      };
}
