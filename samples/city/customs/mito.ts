import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import { addDays, endOfTerm, firstDay, lastDay } from '../calendar.ts';
import { addToCover, type Customs, isSwitch, missing, switchEntry } from './common.ts';

/** 水戸市: 届（変更）and 被保険者証 at every switch (実施事項③), four documents for a 介護予防ケアマネジメント month (④). */
export const mito: Customs = {
  compose(d, random) {
    const { month: m, papers, c } = d;
    const office = m.office?.office ?? null;
    const { center } = m.area;
    if (m.route === 'direct' && office && (m.event === 'new' || m.event === 'itaku_to_direct')) {
      const direct =
        m.event === 'itaku_to_direct' && m.office?.designatedFrom
          ? addDays(m.office.designatedFrom, random.int(3, 29))
          : null;
      if (direct) addToCover(d, 'dates', { direct_contract: direct });
      const date = direct ?? addDays(m.plan.consented, -2);
      const term = { date, from: m.plan.from, to: endOfTerm(m.month, 12), center: null };
      papers.contracts.push(
        { title: '介護予防支援契約書', office, ...term },
        { title: '介護予防ケアマネジメント契約書', office: null, city: '水戸市', ...term },
      );
    }
    // The slides bind offices with the designation (表題).
    if (m.event === 'itaku_to_direct' || (isSwitch(m) && isBound(d))) {
      papers.todoke = {
        title: TODOKE_TITLES.mito[0],
        to: `${center.name}長`,
        kind: '変更',
        date: addDays(lastDay(m.month), -1),
        responsible: m.route === 'direct' && office ? office : center,
        ...(m.route === 'itaku' && office && { entrusted: office }),
        from: firstDay(m.month),
        reason:
          m.kind === 'yobo_cm' ? 'この月は総合事業のみの利用となったため' : '介護予防支援を直接受けるため',
        attachments: ['介護保険被保険者証'],
        signed: c.person.name,
        handIn: center.name,
      };
      papers.card = random.chance(0.7);
      if (isSwitch(m)) addToCover(d, 'flags', { contacted_hokatsu: true });
      d.needs.push(
        { document: 'todoke', listed: null, code: 'F_TODOKE_MISSING', severity: 'error', rule: 'MIT-R10' },
        missing('hihokenshasho', 'MIT-R10'),
      );
    }
    if (m.kind === 'yobo_cm' && m.route !== 'center') composeCmMonth(d);
    if (m.kind === 'yobo_cm' && m.route === 'itaku' && !isBound(d)) d.verdict.payer = 'undetermined';
    // In the month of its designation an office still transfers its people.
    const moves = m.office?.designatedFrom?.startsWith(m.month) && m.event !== 'new';
    if (m.kind === 'yobo_shien' && m.route === 'itaku' && isDesignatedNow(d) && !moves)
      d.standing.push({ code: 'F_ROUTE_PRINCIPLE', severity: 'review', rule: 'MIT-R05' });
    const overdue = staysCommissioned(d);
    if (overdue) d.standing.push({ code: overdue, severity: 'review', rule: 'MIT-R06' });
  },
};

function composeCmMonth(d: Parameters<Customs['compose']>[0]): void {
  const { month: m, papers, cover, csv } = d;
  if (!csv.includes('kihon')) csv.unshift('kihon');
  if (cover) cover.documents = ['care_plan_original'];
  papers.keika = {
    title: '支援経過',
    entries: [
      {
        date: `${m.month}-14`,
        text: '＜モニタリング＞　自宅を訪問し、本人と面接。体調は安定しており、予定どおり利用している。',
      },
      switchEntry(m),
    ],
  };
  papers.riyohyo = { title: 'サービス利用票（兼居宅サービス計画）', copy: true, stamped: true };
  if (!isBound(d)) return;
  d.needs.push(
    missing('riyosha_kihon_joho', 'MIT-R13'),
    missing('care_plan_original', 'MIT-R14', {
      instead: {
        document: 'care_plan_copy',
        code: 'F_ORIGINAL_REQUIRED',
        severity: 'review',
        rule: 'MIT-R18',
      },
    }),
    isSwitch(m)
      ? missing('shien_keika_with_reason', 'MIT-R15', {
          instead: {
            document: 'shien_keika',
            code: 'F_REASON_NOT_STATED',
            severity: 'error',
            rule: 'MIT-R15',
          },
        })
      : missing('shien_keika', 'MIT-R15'),
    missing('riyohyo_copy', 'MIT-R16'),
  );
}

/** A commissioned month may be of an office without the designation; the papers of other months are of an office with it. */
export const isBound = (d: Parameters<Customs['compose']>[0]): boolean =>
  d.month.route !== 'itaku' || isDesignatedNow(d);

/**
 * 30 days after the designation every commissioned person has moved (移行期間について). The source does not say whether the day of the
 * designation counts: at the end of a month that is day 30 or 31, a person decides.
 */
const staysCommissioned = (
  d: Parameters<Customs['compose']>[0],
): 'F_TRANSITION_OVERDUE' | 'F_DATE_CONVENTION' | null => {
  const { kind, route, event, office, month } = d.month;
  const isOld = kind === 'yobo_shien' && route === 'itaku' && event !== 'new' && isDesignatedNow(d);
  const due = addDays(office?.designatedFrom ?? '9999-12-31', 30);
  if (!isOld || lastDay(month) < due) return null;
  return lastDay(month) > due ? 'F_TRANSITION_OVERDUE' : 'F_DATE_CONVENTION';
};

const isDesignatedNow = (d: Parameters<Customs['compose']>[0]): boolean =>
  (d.month.office?.designatedFrom ?? '9999') <= lastDay(d.month.month);
