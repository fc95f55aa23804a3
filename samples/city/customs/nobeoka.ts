import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import { addDays, firstDay, lastDay, monthOf, monthsBetween } from '../calendar.ts';
import type { Dossier } from '../dossier.ts';
import { addToCover, type Customs, isSwitch, missing } from './common.ts';

/** 延岡市: the records of 第32条 for every 介護予防ケアマネジメント; 介護予防支援 is outside the city's 要綱. */
export const nobeoka: Customs = {
  compose(d) {
    const { month: m, cover } = d;
    if (m.event === 'to_yokaigo') d.verdict.missing = ['latest_keikaku', 'jisshi_jokyo_shorui'];
    if (m.kind !== 'yobo_cm') {
      // 第32条(24): a person who changes to 介護予防支援 is handed over to the new provider.
      if (isSwitch(m) && m.kind === 'yobo_shien' && m.route === 'direct')
        d.standing.push({ code: 'F_HANDOVER', severity: 'review', rule: 'NOB-R75' });
      return;
    }
    if (cover) cover.cm_type = m.cmType;
    const isC = m.cmType === 'C';
    composePlanPapers(d, isC);
    if (m.event === 'new') composeEntry(d);
    if (!isC && ['continuing', 'plan_period_end', 'category_switch'].includes(m.event)) composeRecords(d);
    if (m.event === 'plan_period_end' || m.event === 'plan_renewed') composeEvaluation(d, isC);
    if (m.event === 'cert_renewal')
      addToCover(d, 'dates', { renewal_applied: m.renewalApplied ?? undefined });
    if (isSwitch(m)) composeTodoke(d);
  },
};

function composePlanPapers(d: Dossier, isC: boolean): void {
  const { month: m, papers } = d;
  papers.assessment = { title: 'アセスメントの結果の記録', date: m.plan.assessed };
  if (!isC) papers.kaigi = { date: m.plan.met };
  const makesPlan = ['new', 'continuing', 'category_switch', 'plan_renewed'].includes(m.event);
  if (makesPlan)
    d.needs.push(
      missing('assessment_record', 'NOB-R55'),
      missing('shien_keikakusho_signed', 'NOB-R58', {
        instead: { document: 'shien_keikakusho', code: 'F_SIGNATURE', severity: 'error', rule: 'NOB-R58' },
      }),
    );
  if (makesPlan && !isC) d.needs.push(missing('tantosha_kaigi_record', 'NOB-R57'));
  if (m.event === 'cert_renewal' && !isC) d.needs.push(missing('tantosha_kaigi_record', 'NOB-R72'));
  if (m.event === 'plan_changed_midterm') {
    d.needs.push(
      missing('assessment_record', 'NOB-R73'),
      missing('shien_keikakusho_signed', 'NOB-R73', {
        instead: { document: 'shien_keikakusho', code: 'F_SIGNATURE', severity: 'error', rule: 'NOB-R58' },
      }),
    );
    if (!isC) d.needs.push(missing('tantosha_kaigi_record', 'NOB-R73'));
  }
  if (!isC && ['continuing', 'plan_renewed', 'plan_changed_midterm'].includes(m.event)) {
    papers.kobetsu = [0];
    d.needs.push(missing('kobetsu_keikaku', 'NOB-R60', { severity: 'warn' }));
  }
}

/** 第5条, 第24条: before anything starts. */
function composeEntry(d: Dossier): void {
  const { month: m, papers } = d;
  const { center } = m.area;
  const date = addDays(m.plan.assessed, -2);
  papers.juyo = { office: center, date, kind: '第１号介護予防支援事業' };
  papers.consents.push(
    { title: '個人情報の使用に係る同意書（利用者）', user: true, family: false, date, to: center.name },
    { title: '個人情報の使用に係る同意書（家族）', user: false, family: true, date, to: center.name },
  );
  d.needs.push(missing('juyo_jiko_setsumeisho', 'NOB-R08'));
  d.needs.push(
    missing('kojin_joho_doisho_user', 'NOB-R39', { code: 'F_CONSENT', beside: 'tantosha_kaigi_record' }),
  );
}

/** 第32条(15)(16)(19): the months since the plan began, each with a contact, a visit in every third and in the last. */
function composeRecords(d: Dossier): void {
  const { month: m, papers } = d;
  const start = monthOf(m.plan.from);
  papers.monitoring = monthsBetween(start, m.month).map((month, i) => {
    const visits = i % 3 === 0 || month === monthOf(m.plan.to);
    return {
      date: `${month}-${String(10 + (i % 5)).padStart(2, '0')}`,
      way: visits ? ('訪問' as const) : ('電話' as const),
      text: visits
        ? '自宅で面接。予定どおり利用し、体操も続けている。'
        : '本人に電話。変わりなく過ごしている。',
    };
  });
  papers.keika = {
    title: '介護予防支援・介護予防ケアマネジメント（第１号介護予防支援事業）経過記録',
    entries: [
      {
        date: lastDay(m.month),
        text: `${m.used[0]?.provider.name ?? 'サービス事業所'}から${Number(m.month.slice(5))}月の実施状況の報告を聴取した。`,
      },
    ],
  };
  addToCover(d, 'dates', { service_start_month: start, checked_to: m.month });
  if (m.event !== 'plan_period_end')
    d.needs.push(missing('monitoring_record', 'NOB-R71', { code: 'F_MONITOR_RECORD_MISSING' }));
}

/** 第9条第3項, 第32条(18)(20): the end of the plan's period. */
function composeEvaluation(d: Dossier, isC: boolean): void {
  const { month: m, papers } = d;
  papers.hyoka = {
    title: '介護予防支援・介護予防ケアマネジメントサービス評価表',
    date: addDays(m.event === 'plan_period_end' ? lastDay(m.month) : m.plan.created, -3),
    result: 'プラン変更',
    achieved: true,
  };
  d.needs.push(missing('hyoka_record', 'NOB-R64'));
  if (m.event !== 'plan_period_end') return;
  papers.checklist = { again: false };
  if (isC)
    d.needs.push(
      missing('kihon_checklist', 'NOB-R20', { code: 'F_SOURCE_AMBIGUOUS', severity: 'review', listed: null }),
    );
  else {
    d.needs.push(
      missing('kihon_checklist', 'NOB-R20', { code: 'F_CHECKLIST_NOT_SUBMITTED' }),
      missing('tantosha_kaigi_record', 'NOB-R72', { beside: 'kihon_checklist' }),
    );
  }
}

/** 様式第１号, with the center in charge (第2条). */
function composeTodoke(d: Dossier): void {
  const { month: m, papers, c } = d;
  papers.todoke = {
    title: TODOKE_TITLES.nobeoka[0],
    formNumber: '様式第１号（第９条関係）',
    to: '延岡市長',
    kind: '変更',
    date: addDays(lastDay(m.month), -2),
    responsible: m.area.center,
    ...(m.office && { entrusted: m.office.office }),
    from: firstDay(m.month),
    reason: '総合事業のみの利用となったため',
    attachments: ['介護保険被保険者証'],
    signed: c.person.name,
  };
}
