import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import { addDays, endOfTerm, firstDay } from '../calendar.ts';
import type { Dossier } from '../dossier.ts';
import type { PersonMonth } from '../life.ts';
import { addToCover, type Customs, isDirect, missing } from './common.ts';

/** 岡山市: every paper of the workflow of a designated office, steps (1) to (11); commissioned months have another document. */
export const okayama: Customs = {
  compose(d, random) {
    const { month: m } = d;
    if (m.event === 'to_jigyo_taishosha') return composeToJigyo(d);
    if (!isDirect(m)) return;
    if (m.planned.some((s) => s.kind === '63' || s.kind === '66') && NEW_PLAN.includes(m.event))
      addToCover(d, 'flags', { doctor_opinion: true });
    if (m.event === 'new') composeNew(d);
    if (m.event === 'cert_renewal' || m.event === 'plan_renewed') composeRenewal(d);
    if (m.event === 'plan_changed_midterm') composeChange(d);
    if (m.event === 'plan_period_end') {
      d.papers.hyoka = hyoka(m, random.chance(0.5) ? 'プラン継続' : 'プラン変更');
      d.needs.push(missing('hyokahyo', 'OKY-R53'));
    }
  },
};

const NEW_PLAN: string[] = ['new', 'cert_renewal', 'plan_renewed', 'plan_changed_midterm'];

function composeNew(d: Dossier): void {
  const { month: m, papers, c } = d;
  const office = m.office!.office;
  const contracted = addDays(m.plan.assessed, -1);
  papers.contracts.push({
    title: '介護予防支援契約書',
    office,
    center: null,
    date: contracted,
    from: contracted,
    to: endOfTerm(m.month, 12),
  });
  papers.juyo = { office, date: contracted, kind: '介護予防支援' };
  papers.consents.push({
    title: '個人情報の使用に係る同意書',
    user: true,
    family: true,
    date: contracted,
    to: office.name,
  });
  papers.todoke = {
    title: TODOKE_TITLES.okayama[0],
    to: '岡山市見本福祉事務所長',
    kind: '新規',
    date: addDays(contracted, 1),
    responsible: office,
    from: firstDay(m.month),
    attachments: ['介護保険被保険者証'],
    signed: c.person.name,
    handIn: '岡山市見本福祉事務所',
  };
  papers.card = true;
  papers.kihon = true;
  papers.checklist = { again: false };
  papers.assessment = { title: '岡山市版介護予防のアセスメントシート', date: m.plan.assessed };
  papers.plan = { title: '介護予防サービス・支援計画書（ケアマネジメント結果等記録表）' };
  papers.riyohyo = { stamped: true };
  papers.beppyo = { stamped: true };
  papers.kaigi = { date: m.plan.met };
  papers.keika = { title: '介護予防支援経過記録', entries: entriesOfNew(m) };
  // this city's offices send a new plan on paper only
  if (!d.csvOnly) d.csv.length = 0;
  addToCover(d, 'dates', { plan_fixed: m.plan.consented, submitted: d.received });
  addToCover(d, 'flags', { itaku_contract_together: false });
  d.needs.push(
    missing('juyo_jiko_setsumeisho', 'OKY-R07'),
    missing('kojin_joho_doisho', 'OKY-R07'),
    missing('keiyakusho', 'OKY-R08'),
    missing('hihokenshasho', 'OKY-R10'),
    {
      document: 'todoke',
      listed: 'kaigo_yobo_todoke',
      code: 'F_TODOKE_MISSING',
      severity: 'error',
      rule: 'OKY-R12',
    },
    missing('riyosha_kihon_joho', 'OKY-R24'),
    missing('kihon_checklist', 'OKY-R24'),
    missing('assessment_sheet', 'OKY-R24'),
    missing('shien_keikakusho', 'OKY-R24'),
    missing('riyohyo', 'OKY-R24'),
    missing('riyohyo_beppyo', 'OKY-R24'),
    missing('tantosha_kaigi_record', 'OKY-R26', { or: ['keika_kiroku'] }),
  );
}

const entriesOfNew = (m: PersonMonth) => [
  {
    date: addDays(m.plan.assessed, -1),
    text: '重要事項説明書を交付して説明し、同意を得て契約。総合事業のみの利用となるときは、地域包括支援センターとの新たな契約が必要になることを説明した。被保険者証と負担割合証を確認した。',
  },
  {
    date: m.plan.assessed,
    text: `自宅を訪問し、本人と${m.person.family.relation}に面接してアセスメントを行った。`,
  },
  {
    date: m.plan.met,
    text: `＜サービス担当者会議＞　参加者：本人、${m.person.family.relation}、${m.planned.map((s) => s.provider.name).join('、')}。原案を共有した。`,
  },
  { date: m.plan.consented, text: '計画書に同意の署名を得て確定。本人と各事業所へ交付した。' },
];

function composeRenewal(d: Dossier): void {
  const { month: m, papers, csv } = d;
  if (m.event === 'cert_renewal') {
    if (!csv.includes('kihon')) csv.unshift('kihon');
    d.needs.push(missing('riyosha_kihon_joho', 'OKY-R16'));
  }
  papers.hyoka = hyoka(m, 'プラン変更');
  papers.kaigi = { date: m.plan.met };
  d.needs.push(missing('hyokahyo', 'OKY-R54'));
}

function composeChange(d: Dossier): void {
  const { month: m, papers } = d;
  papers.hyoka = hyoka(m, 'プラン変更');
  papers.kaigi = { date: m.plan.met };
  d.needs.push(
    missing('hyokahyo', 'OKY-R45'),
    missing('shien_keikakusho', 'OKY-R45'),
    missing('tantosha_kaigi_record', 'OKY-R45', { or: ['keika_kiroku'] }),
  );
}

/** 更新申請【事業対象者へ移行する場合】①. */
function composeToJigyo(d: Dossier): void {
  const { month: m, papers, c } = d;
  const office = m.office?.office;
  papers.checklist = { again: false };
  papers.card = true;
  papers.todoke = {
    title: TODOKE_TITLES.okayama[1],
    to: '岡山市見本福祉事務所長',
    kind: '変更',
    date: addDays(m.plan.created, 1),
    responsible: m.area.center,
    ...(office && { entrusted: office }),
    from: firstDay(m.month),
    reason: '事業対象者となったため',
    attachments: ['介護保険被保険者証'],
    signed: c.person.name,
    handIn: '岡山市見本福祉事務所',
  };
  d.needs.push(
    missing('kihon_checklist', 'OKY-R60'),
    missing('hihokenshasho', 'OKY-R60'),
    missing('sogo_jigyo_todoke', 'OKY-R60'),
  );
}

const hyoka = (m: PersonMonth, result: 'プラン継続' | 'プラン変更') => ({
  title: '介護予防支援・サービス評価表',
  date: addDays(m.plan.created, -2),
  result,
  achieved: result === 'プラン変更',
});
