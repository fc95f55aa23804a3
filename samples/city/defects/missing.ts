import type { Dossier } from '../dossier.ts';
import { type Defect, hasCover, setOnCover } from './defect.ts';

/** Removes one document from a packet: the form, the CSV and the line on the cover. */
const REMOVALS: Record<string, (d: Dossier) => void> = {
  riyosha_kihon_joho(d) {
    d.csv = d.csv.filter((set) => set !== 'kihon');
    d.papers.kihon = false;
  },
  shien_keikakusho(d) {
    d.csv = d.csv.filter((set) => set !== 'plan');
    d.papers.plan = null;
    // Without plan and 利用票 only the cover shows the planned services.
    if (!d.csv.includes('riyohyo'))
      setOnCover(d, { services_planned: d.month.planned.map((s) => ({ name: s.name, class: s.class })) });
  },
  riyohyo_copy(d) {
    d.csv = d.csv.filter((set) => set !== 'riyohyo' && set !== 'jisseki');
    d.papers.riyohyo = null;
    setOnCover(d, { services_actual: d.month.used.map((s) => ({ name: s.name, class: s.class })) });
  },
  riyohyo_beppyo(d) {
    d.papers.beppyo = null;
  },
  kihon_checklist(d) {
    d.papers.checklist = null;
  },
  assessment_sheet(d) {
    d.papers.assessment = null;
  },
  assessment_record(d) {
    d.papers.assessment = null;
  },
  keiyakusho(d) {
    d.papers.contracts = [];
  },
  juyo_jiko_setsumeisho(d) {
    d.papers.juyo = null;
  },
  kojin_joho_doisho(d) {
    d.papers.consents = [];
  },
  kojin_joho_doisho_user(d) {
    d.papers.consents = [];
  },
  hihokenshasho(d) {
    d.papers.card = false;
    if (d.papers.todoke) d.papers.todoke = { ...d.papers.todoke, attachments: [] };
  },
  tantosha_kaigi_record(d) {
    d.papers.kaigi = null;
    if (d.month.city === 'okayama') d.papers.keika = null;
  },
  kobetsu_keikaku(d) {
    d.papers.kobetsu = [];
  },
  monitoring_record(d) {
    d.papers.monitoring = null;
  },
  shien_keika_with_reason(d) {
    d.papers.keika = null;
  },
  shien_keika(d) {
    d.papers.keika = null;
  },
  hyokahyo(d) {
    d.papers.hyoka = null;
  },
  hyoka_record(d) {
    d.papers.hyoka = null;
  },
  todoke(d) {
    d.papers.todoke = null;
    if (d.month.city === 'okayama' && d.month.event === 'to_jigyo_taishosha') return;
    d.papers.card = false;
  },
  care_plan_original(d) {
    if (d.cover) delete d.cover.documents;
  },
};

const NAMES: Record<string, string> = {
  riyosha_kihon_joho: '利用者基本情報',
  shien_keikakusho: '支援計画書',
  riyohyo_copy: '利用票の写し',
  riyohyo_beppyo: '利用票別表',
  kihon_checklist: '基本チェックリスト',
  assessment_sheet: 'アセスメントシート',
  assessment_record: 'アセスメントの結果の記録',
  keiyakusho: '契約書',
  juyo_jiko_setsumeisho: '重要事項説明書',
  kojin_joho_doisho: '個人情報の同意書',
  kojin_joho_doisho_user: '利用者の個人情報の同意書',
  hihokenshasho: '被保険者証',
  tantosha_kaigi_record: 'サービス担当者会議の記録',
  kobetsu_keikaku: '個別サービス計画',
  monitoring_record: 'モニタリングの記録',
  shien_keika_with_reason: '区分の変更理由が分かる支援経過',
  shien_keika: '支援経過',
  hyokahyo: 'サービス評価表',
  hyoka_record: '評価の結果の記録',
  todoke: '届出書',
  care_plan_original: 'ケアプランの原本の申告',
};

/** A document the event requires is missing; the packet's needs list the consequences. */
export const missingDocuments: Defect[] = Object.entries(REMOVALS).map(([document, remove]) => ({
  name: `missing-${document}`,
  rule: '必要書類',
  codes: [],
  why: `${NAMES[document]}を入れ忘れた`,
  applies: (d) =>
    hasCover(d) &&
    d.needs.some((need) => need.document === document && (!need.beside || d.papers.kaigi !== null)) &&
    isThere(d, document),
  plant: remove,
}));

/** A packet of CSV files alone has no papers to remove. */
function isThere(d: Dossier, document: string): boolean {
  const { papers: p, csv } = d;
  switch (document) {
    case 'riyosha_kihon_joho':
      return p.kihon || csv.includes('kihon');
    case 'shien_keikakusho':
      return p.plan !== null || csv.includes('plan');
    case 'riyohyo_copy':
      return csv.includes('riyohyo') || p.riyohyo !== null;
    case 'care_plan_original':
      return d.cover?.documents !== undefined;
    case 'riyohyo_beppyo':
      return p.beppyo !== null;
    case 'keiyakusho':
      return p.contracts.length > 0;
    case 'juyo_jiko_setsumeisho':
      return p.juyo !== null;
    case 'kojin_joho_doisho':
    case 'kojin_joho_doisho_user':
      return p.consents.length > 0;
    case 'hihokenshasho':
      return p.card || p.todoke !== null;
    case 'kobetsu_keikaku':
      return p.kobetsu.length > 0;
    case 'kihon_checklist':
      return p.checklist !== null;
    case 'assessment_sheet':
    case 'assessment_record':
      return p.assessment !== null;
    case 'tantosha_kaigi_record':
      return p.kaigi !== null;
    case 'monitoring_record':
      return p.monitoring !== null;
    case 'shien_keika_with_reason':
    case 'shien_keika':
      return p.keika !== null;
    case 'hyokahyo':
    case 'hyoka_record':
      return p.hyoka !== null;
    default:
      return p.todoke !== null;
  }
}
