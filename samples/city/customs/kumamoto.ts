import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import { addDays, firstDay } from '../calendar.ts';
import { addToCover, type Customs, isDirect, missing } from './common.ts';

/** 熊本市: four documents of every new and renewed plan of a designated office to the ささえりあ of the 圏域 (３(1), (2)). */
export const kumamoto: Customs = {
  compose(d, random) {
    const { month: m, papers, cover, csv } = d;
    if (cover && random.chance(0.7))
      cover.transmission = random.pick(['careplan_data_renkei', 'kumamoto_medical_network']);
    if (!isDirect(m)) return;
    if (m.event === 'plan_changed_midterm')
      d.standing.push({ code: 'F_SOURCE_AMBIGUOUS', severity: 'review', rule: 'KMM-R02' });
    if (m.event === 'itaku_to_direct' && m.office) {
      // 熊本市's source names no 届出; 国保連 matches the office in charge everywhere.
      papers.todoke = {
        title: TODOKE_TITLES.kumamoto[0],
        to: '熊本市長',
        kind: '変更',
        date: firstDay(m.month),
        from: firstDay(m.month),
        reason: '介護予防支援を直接受けるため',
        attachments: [],
        signed: d.c.person.name,
        handIn: '熊本市',
        responsible: m.office.office,
      };
      d.needs.push({
        document: 'todoke',
        listed: null,
        code: 'F_TODOKE_MISSING',
        severity: 'review',
        rule: 'NAT-123',
      });
    }
    if (!['new', 'plan_renewed', 'cert_renewal'].includes(m.event)) return;
    if (!csv.includes('kihon')) csv.unshift('kihon');
    papers.checklist = { again: false };
    if (cover) cover.area = m.area.key;
    addToCover(d, 'flags', { user_area: m.area.key, submitted_to_area: m.area.key });
    d.needs.push(
      missing('riyosha_kihon_joho', 'KMM-R09'),
      missing('kihon_checklist', 'KMM-R10'),
      missing('shien_keikakusho', 'KMM-R11'),
    );
    if (m.event === 'new') {
      // The source requires 評価表 for every plan, also for a first plan, where none can exist.
      d.needs.push(missing('hyokahyo', 'KMM-R12', { code: 'F_SOURCE_AMBIGUOUS', severity: 'review' }));
      return;
    }
    papers.hyoka = {
      title: '介護予防支援・介護予防ケアマネジメントサービス評価表',
      date: addDays(m.plan.created, -2),
      result: 'プラン変更',
      achieved: random.chance(0.6),
    };
    d.needs.push(missing('hyokahyo', 'KMM-R12'));
  },
};
