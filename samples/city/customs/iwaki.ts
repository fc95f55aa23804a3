import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import { addDays, endOfTerm, firstDay, lastDay } from '../calendar.ts';
import type { PersonMonth } from '../life.ts';
import { addToCover, type Customs, isSwitch, missing } from './common.ts';

/** いわき市 Q&A: three-party contracts (Q7, Q17), a 届出 whenever 担当 changes (Q18–Q20), 初回加算 (Q9, Q10). */
export const iwaki: Customs = {
  compose(d, random) {
    const { month: m, papers, c } = d;
    const office = m.office?.office ?? null;
    const { center } = m.area;
    if (m.event === 'new' || m.event === 'itaku_to_direct') {
      const date = addDays(m.plan.consented, -2);
      papers.contracts.push({
        title: '介護予防支援・介護予防ケアマネジメント契約書',
        office,
        center,
        date,
        from: m.plan.from,
        to: endOfTerm(m.month, 12),
      });
      papers.juyo = { office: office ?? center, date, kind: '介護予防支援・介護予防ケアマネジメント' };
    }
    if (m.event === 'itaku_to_direct' || (isSwitch(m) && responsibleChanges(m))) {
      const isCm = m.kind === 'yobo_cm';
      papers.todoke = {
        title: isCm ? TODOKE_TITLES.iwaki[0] : TODOKE_TITLES.iwaki[1],
        to: 'いわき市長',
        kind: '変更',
        date: addDays(lastDay(m.month), -1),
        from: firstDay(m.month),
        reason: isCm ? '総合事業のみの利用となったため' : '予防給付を利用することとなったため',
        attachments: ['介護保険被保険者証'],
        signed: c.person.name,
        handIn: 'いわき市（見本地区保健福祉センター）',
        responsible: m.route === 'direct' && office ? office : center,
        ...(m.route === 'itaku' && office && { entrusted: office }),
      };
      papers.card = random.chance(0.5);
      d.needs.push({
        document: 'todoke',
        listed: null,
        code: 'F_TODOKE_MISSING',
        // Q20 names a change of category; a move within 介護予防支援 is asked about, not returned.
        ...(isSwitch(m)
          ? { severity: 'error' as const, rule: 'IWK-R29' }
          : { severity: 'review' as const, rule: 'NAT-123' }),
      });
    }
    claimAddons(d, random);
  },
};

/** A switch between months that the center is 担当 of needs no 届出 (Q20). A month before without use tells neither. */
const responsibleChanges = ({ before, route }: PersonMonth): boolean =>
  !before || (before.route === 'direct') !== (route === 'direct');

function claimAddons(d: Parameters<Customs['compose']>[0], random: Parameters<Customs['compose']>[1]): void {
  const { month: m, papers, cover } = d;
  if (!cover || m.route !== 'direct' || m.kind !== 'yobo_shien') return;
  const claimed: string[] = [];
  if (m.event === 'new' && random.chance(0.6)) claimed.push('shokai');
  if (m.event === 'itaku_to_direct' && random.chance(0.6)) {
    claimed.push('shokai');
    papers.assessment = { title: 'アセスメントの結果の記録', date: m.plan.assessed };
    addToCover(d, 'dates', { direct_start: firstDay(m.month) });
    // What the office did before its designation was work under the commission (Q10).
    if (m.plan.assessed < (m.office?.designatedFrom ?? ''))
      d.standing.push({ code: 'F_SHOKAI_NO_NEW_PLAN', severity: 'review', rule: 'IWK-R18' });
    d.needs.push(
      missing('assessment_record', 'IWK-R18', { code: 'F_SHOKAI_NO_NEW_PLAN', severity: 'review' }),
      missing('shien_keikakusho', 'IWK-R18', { code: 'F_SHOKAI_NO_NEW_PLAN', severity: 'review' }),
    );
  }
  if (m.office?.specialArea === 'tokubetsu_chiiki') claimed.push('tokubetsu_chiiki');
  if (claimed.length > 0) cover.addons_claimed = claimed;
}
