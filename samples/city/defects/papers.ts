import { addDays, addMonths, lastDay, monthOf } from '../calendar.ts';
import { addToCover } from '../customs/common.ts';
import { isBound } from '../customs/mito.ts';
import type { Dossier } from '../dossier.ts';
import { type Defect, expectFinding, hasCover, hasPapers, removeFromCover, setOnCover } from './defect.ts';

const isIn = (d: Dossier, ...cities: string[]): boolean => cities.includes(d.month.city);
const isDirect = (d: Dossier): boolean => d.month.route === 'direct' && d.month.kind === 'yobo_shien';
const isCm = (d: Dossier): boolean => d.month.kind === 'yobo_cm';
const hasContracts = (d: Dossier): boolean => d.papers.contracts.length > 0;

/** Contracts, consents, records: the paper arrived, but not as the city requires it. */
export const wrongPapers: Defect[] = [
  {
    name: 'contract-of-two-parties',
    rule: 'IWK-R11・IWK-R25',
    codes: ['F_CONTRACT_PARTIES'],
    why: '三者契約ではなく、利用者と居宅だけの契約書を出した',
    applies: (d) => hasContracts(d) && isIn(d, 'iwaki') && isDirect(d),
    plant(d) {
      d.papers.contracts = d.papers.contracts.map((c) => ({
        ...c,
        title: '介護予防支援契約書',
        center: null,
      }));
      expectFinding(d, 'F_CONTRACT_PARTIES', 'error', 'IWK-R11・IWK-R25');
    },
  },
  {
    name: 'contract-with-the-center-only',
    rule: 'OKY-R08・MIT-R07',
    codes: ['F_CONTRACT_PARTIES', 'F_CONTRACT_MISSING'],
    why: '直接実施なのに、利用者と事業所の契約書がない',
    applies: (d) => hasContracts(d) && isIn(d, 'okayama', 'mito') && isDirect(d),
    plant(d) {
      const [first] = d.papers.contracts;
      if (d.month.city === 'okayama') {
        d.papers.contracts = [
          { ...first!, title: '介護予防ケアマネジメント契約書', office: null, center: d.month.area.center },
        ];
        expectFinding(d, 'F_CONTRACT_PARTIES', 'error', 'OKY-R08');
      } else {
        d.papers.contracts = d.papers.contracts.slice(1);
        expectFinding(d, 'F_CONTRACT_MISSING', 'error', 'MIT-R07');
      }
    },
  },
  {
    name: 'contract-without-the-city',
    rule: 'MIT-R08',
    codes: ['F_CONTRACT_MISSING'],
    why: '新規なのに、水戸市との契約書を入れていない',
    applies: (d) => hasContracts(d) && isIn(d, 'mito') && d.month.event === 'new',
    plant(d) {
      d.papers.contracts = d.papers.contracts.slice(0, 1);
      expectFinding(d, 'F_CONTRACT_MISSING', 'review', 'MIT-R08');
    },
  },
  {
    name: 'plan-unsigned',
    rule: 'OKY-R29・NOB-R58',
    codes: ['F_SIGNATURE'],
    why: '計画書に同意の署名がない',
    applies: (d) =>
      (isIn(d, 'okayama') &&
        isDirect(d) &&
        ['new', 'cert_renewal', 'plan_renewed', 'plan_changed_midterm'].includes(d.month.event)) ||
      (isIn(d, 'nobeoka') && isCm(d)),
    plant(d) {
      d.c.consentDate = null;
      if (!d.needs.some((need) => need.document === 'shien_keikakusho_signed'))
        expectFinding(d, 'F_SIGNATURE', 'error', 'OKY-R29・NOB-R58');
    },
  },
  {
    name: 'riyohyo-unstamped',
    rule: 'OKY-R29',
    codes: ['F_SIGNATURE'],
    why: '利用票・別表に利用者の確認印がない',
    applies: (d) =>
      isIn(d, 'okayama') && d.papers.riyohyo !== null && d.papers.beppyo !== null && d.month.event === 'new',
    plant(d) {
      d.papers.riyohyo = { stamped: false };
      d.papers.beppyo = { stamped: false };
      expectFinding(d, 'F_SIGNATURE', 'error', 'OKY-R29');
    },
  },
  {
    name: 'reason-of-change-not-stated',
    rule: 'MIT-R15',
    codes: ['F_REASON_NOT_STATED'],
    why: '支援経過に区分の変更理由を書いていない',
    applies: (d) =>
      isIn(d, 'mito') && d.papers.keika !== null && isCm(d) && d.month.event === 'category_switch',
    plant(d) {
      d.papers.keika!.entries = [
        {
          date: `${d.month.month}-14`,
          text: '＜モニタリング＞　自宅を訪問し、本人と面接。体調に変わりはない。',
        },
        { date: lastDay(d.month.month), text: 'ホームヘルプの実績を確認した。' },
      ];
    },
  },
  {
    name: 'center-not-told',
    rule: 'MIT-R12',
    codes: ['F_CONTACT_MISSING'],
    why: '区分の変更を包括に連絡していない',
    // The slides bind offices with the designation (表題「指定を受けた場合の実施事項」).
    applies: (d) => hasCover(d) && isIn(d, 'mito') && d.month.event === 'category_switch' && isBound(d),
    plant(d) {
      addToCover(d, 'flags', { contacted_hokatsu: false });
      for (const entry of d.papers.keika?.entries ?? [])
        entry.text = entry.text.replace(/[^。]*(?:地域包括支援センター)[^。]*。/g, '');
      expectFinding(d, 'F_CONTACT_MISSING', 'warn', 'MIT-R12');
    },
  },
  {
    name: 'meeting-not-marked',
    rule: 'OKY-R27',
    codes: ['F_RECORD_TAG'],
    why: '経過記録に＜サービス担当者会議＞と明記していない',
    applies: (d) => isIn(d, 'okayama') && d.month.event === 'new' && d.papers.keika !== null,
    plant(d) {
      d.papers.kaigi = null;
      for (const entry of d.papers.keika!.entries)
        entry.text = entry.text.replace('＜サービス担当者会議＞　', '');
      expectFinding(d, 'F_RECORD_TAG', 'warn', 'OKY-R27');
    },
  },
  {
    name: 'evaluation-says-plan-goes-on',
    rule: 'OKY-R56',
    codes: ['F_HYOKA_RESULT'],
    why: '認定更新なのに評価表を「プラン継続」とした',
    applies: (d) =>
      isIn(d, 'okayama') && isDirect(d) && d.month.event === 'cert_renewal' && d.papers.hyoka !== null,
    plant(d) {
      d.papers.hyoka!.result = 'プラン継続';
      expectFinding(d, 'F_HYOKA_RESULT', 'warn', 'OKY-R56');
    },
  },
  {
    name: 'doctor-not-asked',
    rule: 'OKY-R23',
    codes: ['F_DOC_MISSING'],
    why: '医療系サービスを位置づけたのに主治医の意見を求めていない',
    applies: (d) =>
      hasCover(d) && (d.cover?.flags as Record<string, unknown> | undefined)?.doctor_opinion === true,
    plant(d) {
      addToCover(d, 'flags', { doctor_opinion: false });
      expectFinding(d, 'F_DOC_MISSING', 'error', 'OKY-R23');
    },
  },
  {
    name: 'assessment-away-from-home',
    rule: 'NOB-R55',
    codes: ['F_DOC_MISSING'],
    why: 'アセスメントを居宅ではなく事業所で行った',
    applies: (d) =>
      isIn(d, 'nobeoka') &&
      isCm(d) &&
      d.papers.assessment !== null &&
      ['new', 'continuing', 'plan_renewed'].includes(d.month.event),
    plant(d) {
      d.papers.assessment = { ...d.papers.assessment!, place: '通所型サービス事業所の相談室', atHome: false };
      expectFinding(d, 'F_DOC_MISSING', 'error', 'NOB-R55');
    },
  },
  {
    name: 'month-without-record',
    rule: 'NOB-R71・NOB-R70',
    codes: ['F_MONITOR_RECORD_MISSING', 'F_MONTHLY_CONTACT'],
    why: 'モニタリングの記録がない月がある',
    applies: (d) =>
      isIn(d, 'nobeoka') && (d.papers.monitoring?.length ?? 0) >= 3 && d.month.event === 'continuing',
    plant(d) {
      d.papers.monitoring = d.papers.monitoring!.filter((_, i) => i !== 1);
      expectFinding(d, 'F_MONITOR_RECORD_MISSING', 'error', 'NOB-R71');
      expectFinding(d, 'F_MONTHLY_CONTACT', 'error', 'NOB-R70');
    },
  },
  {
    name: 'three-months-without-visit',
    rule: 'NOB-R65',
    codes: ['F_MONITOR_VISIT'],
    why: '3か月に1回の面接がない',
    applies: (d) =>
      isIn(d, 'nobeoka') && (d.papers.monitoring?.length ?? 0) >= 4 && d.month.event === 'continuing',
    plant(d) {
      d.papers.monitoring = d.papers.monitoring!.map((e, i) =>
        i === 0 ? e : { ...e, way: '電話', text: '本人に電話。変わりなく過ごしている。' },
      );
      expectFinding(d, 'F_MONITOR_VISIT', 'error', 'NOB-R65');
    },
  },
  {
    name: 'no-visit-in-the-last-month',
    rule: 'NOB-R69',
    codes: ['F_VISIT_EVALUATION_MONTH'],
    why: '評価期間が終わる月に訪問していない',
    applies: (d) =>
      isIn(d, 'nobeoka') &&
      d.papers.monitoring !== null &&
      d.month.event === 'plan_period_end' &&
      monthOf(d.month.plan.to) === d.month.month &&
      monthsIn(d) % 3 !== 0,
    plant(d) {
      const last = d.papers.monitoring!.at(-1)!;
      last.way = '電話';
      last.text = '本人に電話。変わりなく過ごしている。';
      expectFinding(d, 'F_VISIT_EVALUATION_MONTH', 'error', 'NOB-R69');
      if (monthsIn(d) % 3 === 0) expectFinding(d, 'F_MONITOR_VISIT', 'error', 'NOB-R65');
    },
  },
  {
    name: 'video-without-consent',
    rule: 'NOB-R67',
    codes: ['F_VIDEO_CONDITION'],
    why: '同意の文書がないまま、テレビ電話で面接した',
    applies: (d) =>
      isIn(d, 'nobeoka') && (d.papers.monitoring?.length ?? 0) >= 2 && d.month.event === 'continuing',
    plant(d) {
      const entry = d.papers.monitoring!.find((e) => e.way === '電話');
      if (entry) {
        entry.way = 'テレビ電話';
        entry.text = 'テレビ電話で面接。表情は明るい。';
      }
      d.needs.push({
        document: 'video_doisho',
        code: 'F_VIDEO_CONDITION',
        severity: 'error',
        rule: 'NOB-R67',
      });
    },
  },
  {
    name: 'submitted-a-day-late',
    rule: 'OKY-R35',
    codes: ['F_SUBMIT_LATE'],
    why: '計画書の確定から1か月を1日過ぎて提出した',
    applies: (d) => hasCover(d) && isIn(d, 'okayama') && isDirect(d) && d.month.event === 'new',
    plant(d) {
      addToCover(d, 'dates', { submitted: addDays(monthLater(d.month.plan.consented), 1) });
      expectFinding(d, 'F_SUBMIT_LATE', 'warn', 'OKY-R35');
    },
  },
  {
    name: 'submitted-on-the-doubtful-day',
    rule: 'OKY-R35',
    codes: ['F_DATE_CONVENTION'],
    why: '起算日の読み方で適否が分かれる日に提出した（誤りではなく、人が決める）',
    applies: (d) => hasCover(d) && isIn(d, 'okayama') && isDirect(d) && d.month.event === 'new',
    plant(d) {
      addToCover(d, 'dates', { submitted: monthLater(d.month.plan.consented) });
      expectFinding(d, 'F_DATE_CONVENTION', 'review', 'OKY-R35');
    },
  },
  {
    name: 'direct-contract-overdue',
    rule: 'MIT-R06',
    codes: ['F_TRANSITION_OVERDUE'],
    why: '指定から30日を過ぎて直接契約を結んだ',
    applies: (d) => hasCover(d) && isIn(d, 'mito') && d.month.event === 'itaku_to_direct',
    plant(d) {
      const date = addDays(d.month.office!.designatedFrom!, 31);
      addToCover(d, 'dates', { direct_contract: date });
      d.papers.contracts = d.papers.contracts.map((c) => ({ ...c, date }));
      expectFinding(d, 'F_TRANSITION_OVERDUE', 'review', 'MIT-R06');
    },
  },
  {
    name: 'sent-by-email',
    rule: 'KMM-R17・MIT-R17',
    codes: ['F_TRANSMISSION', 'F_TRANSMISSION_UNLISTED'],
    why: '電子メールで送った',
    applies: (d) =>
      hasCover(d) && ((isIn(d, 'kumamoto') && isDirect(d)) || (isIn(d, 'mito') && isCm(d) && isBound(d))),
    plant(d) {
      setOnCover(d, { transmission: 'email' });
      if (d.month.city === 'kumamoto') expectFinding(d, 'F_TRANSMISSION', 'warn', 'KMM-R17');
      else expectFinding(d, 'F_TRANSMISSION_UNLISTED', 'review', 'MIT-R17');
    },
  },
  {
    name: 'sent-by-untraceable-post',
    rule: 'KMM-R16',
    codes: ['F_TRANSMISSION'],
    why: '送達過程を確認できない郵送で送った',
    applies: (d) => hasCover(d) && isIn(d, 'kumamoto') && isDirect(d),
    plant(d) {
      setOnCover(d, { transmission: 'plain_post' });
      expectFinding(d, 'F_TRANSMISSION', 'warn', 'KMM-R16');
    },
  },
  {
    name: 'sent-by-unlisted-way',
    rule: 'KMM-R15',
    codes: ['F_TRANSMISSION_UNLISTED'],
    why: '資料に挙げられていない方法で送った',
    applies: (d) => hasCover(d) && isIn(d, 'kumamoto') && isDirect(d),
    plant(d) {
      setOnCover(d, { transmission: 'portal_upload' });
      expectFinding(d, 'F_TRANSMISSION_UNLISTED', 'review', 'KMM-R15');
    },
  },
  {
    name: 'record-asked-for-not-sent',
    rule: 'KMM-R13',
    codes: ['F_DOC_MISSING'],
    why: 'ささえりあに求められた経過記録を出していない',
    applies: (d) =>
      hasCover(d) &&
      isIn(d, 'kumamoto') &&
      isDirect(d) &&
      ['new', 'plan_renewed', 'cert_renewal'].includes(d.month.event),
    plant(d) {
      addToCover(d, 'flags', { keika_requested: true });
      d.needs.push({ document: 'keika_kiroku', code: 'F_DOC_MISSING', severity: 'error', rule: 'KMM-R13' });
    },
  },
  {
    name: 'declared-but-not-there',
    rule: 'F_PACKET_DECLARED',
    codes: ['F_PACKET_DECLARED'],
    why: '送付票に書いた書類が入っていない',
    applies: (d) =>
      hasCover(d) &&
      d.cover?.documents === undefined &&
      d.papers.kaigi === null &&
      d.papers.keika === null &&
      hasPapers(d),
    plant(d) {
      setOnCover(d, { documents: ['tantosha_kaigi_record'] });
      d.needs = d.needs.filter((need) => need.document !== 'tantosha_kaigi_record');
      expectFinding(d, 'F_PACKET_DECLARED', 'warn', 'F_PACKET_DECLARED');
    },
  },
  {
    name: 'month-not-on-any-paper',
    rule: 'F_PACKET_NO_MONTH',
    codes: ['F_PACKET_NO_MONTH'],
    why: 'どの月の提出か、どこにも書いていない',
    applies: (d) =>
      hasCover(d) &&
      d.month.event === 'continuing' &&
      isIn(d, 'iwaki', 'mito', 'kumamoto') &&
      d.month.kind === 'yobo_shien',
    plant(d) {
      d.csv = ['kihon'];
      d.papers = { ...d.papers, plan: null, riyohyo: null, beppyo: null, keika: null };
      removeFromCover(d, 'service_month', 'addons_claimed');
      setOnCover(d, {
        services_actual: d.month.used.map((s) => ({ name: s.name, class: s.class })),
        certification: d.month.person.certification,
      });
      expectFinding(d, 'F_PACKET_NO_MONTH', 'review', 'F_PACKET_NO_MONTH');
      // the designation of the office on that date is open too
      d.tolerated.push('F_ROUTE_PRINCIPLE');
      // without a month no edition of the fees applies
      Object.assign(d.verdict, { base_units: null, total_units: null });
    },
  },
];

/** The last day of the month that begins with the day after: the corresponding day, or the end of a shorter month. */
function monthLater(iso: string): string {
  const month = addMonths(monthOf(iso), 1);
  const day = `${month}-${iso.slice(8)}`;
  return day <= lastDay(month) ? day : lastDay(month);
}

const monthsIn = (d: Dossier): number => (d.papers.monitoring?.length ?? 1) - 1;
