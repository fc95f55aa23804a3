import { addDays, firstDay, lastDay } from '../calendar.ts';
import { addToCover, categoryOf } from '../customs/common.ts';
import { type Dossier, noPapers } from '../dossier.ts';
import {
  type Defect,
  expectFinding,
  hasCover,
  hasPapers,
  removeFromCover,
  setOnCover,
  undecidable,
} from './defect.ts';

const isIn = (d: Dossier, ...cities: string[]): boolean => cities.includes(d.month.city);
const isCertified = (d: Dossier): boolean => d.month.person.certification.startsWith('要支援');
const isDirect = (d: Dossier): boolean => d.month.route === 'direct' && d.month.kind === 'yobo_shien';

/** Category, route, designation, certification: the truth of the month does not fit the papers. */
export const wrongMonth: Defect[] = [
  {
    name: 'category-not-following-use',
    rule: 'IWK-R01・MIT-R04・D4',
    codes: ['F_CATEGORY_MISMATCH', 'F_ROUTE', 'F_TODOKE_MISSING'],
    why: '予防給付を使わなかった月を、計画どおり介護予防支援の直接実施として出した',
    applies: (d) =>
      hasCover(d) &&
      isIn(d, 'iwaki', 'mito') &&
      d.month.event === 'category_switch' &&
      d.month.kind === 'yobo_cm' &&
      d.month.before?.route === 'direct' &&
      isCertified(d),
    plant(d) {
      asThoughNothingHappened(d);
      expectFinding(d, 'F_CATEGORY_MISMATCH', 'error', 'IWK-R01・MIT-R04');
      expectFinding(d, 'F_ROUTE', 'error', 'IWK-R02・MIT-R03');
    },
  },
  {
    name: 'category-not-following-use-elsewhere',
    rule: 'D4',
    codes: ['F_CATEGORY_MISMATCH', 'F_ROUTE'],
    why: '総合事業だけの月を、介護予防支援の直接実施として出した',
    applies: (d) =>
      hasCover(d) &&
      isIn(d, 'okayama', 'kumamoto') &&
      d.month.event === 'category_switch' &&
      d.month.kind === 'yobo_cm' &&
      d.month.before?.route === 'direct' &&
      isCertified(d),
    plant(d) {
      asThoughNothingHappened(d);
      // these cities do not state that the use of the month decides, so a person decides
      expectFinding(d, 'F_ROUTE', 'review', 'D4');
      // a plan on paper does not print its kind
      if (d.csv.includes('plan')) expectFinding(d, 'F_CATEGORY_MISMATCH', 'review', 'D4');
    },
  },
  {
    name: 'direct-without-designation',
    rule: 'IWK-R02・KMM-R01',
    codes: ['F_ROUTE'],
    why: '指定を受けていない事業所が、介護予防支援を直接実施した',
    applies: (d) =>
      hasCover(d) &&
      isIn(d, 'iwaki', 'kumamoto') &&
      d.month.office !== null &&
      d.month.office.designatedFrom === null &&
      d.month.kind === 'yobo_shien' &&
      d.month.event === 'continuing',
    plant(d) {
      d.c.commissioned = false;
      d.papers = noPapers();
      setOnCover(d, { provider_route: 'direct' });
      removeFromCover(d, 'previous_category');
      expectFinding(d, 'F_ROUTE', 'error', 'IWK-R02・KMM-R01');
      // after a commissioned month a direct one would be a switch, with its own 届
      d.tolerated.push('F_TODOKE_MISSING');
      Object.assign(d.verdict, undecidable());
    },
  },
  {
    name: 'subcontract-between-offices',
    rule: 'IWK-R04',
    codes: ['F_SUBCONTRACT_FORBIDDEN'],
    why: '指定を受けた居宅が、ほかの居宅に委託した',
    applies: (d) => hasCover(d) && isIn(d, 'iwaki') && d.month.route === 'itaku' && d.month.kind !== null,
    plant(d) {
      addToCover(d, 'flags', { subcontract_from: 'designated_kyotaku', subcontract_to: 'other_kyotaku' });
      expectFinding(d, 'F_SUBCONTRACT_FORBIDDEN', 'error', 'IWK-R04');
      notPermitted(d);
    },
  },
  {
    name: 'entrusted-by-the-city',
    rule: 'IWK-R24',
    codes: ['F_ROUTE'],
    why: '介護予防ケアマネジメントを市から直接受託した',
    applies: (d) =>
      hasCover(d) && isIn(d, 'iwaki') && d.month.kind === 'yobo_cm' && d.month.route === 'itaku',
    plant(d) {
      addToCover(d, 'flags', { entrusted_by: 'city' });
      expectFinding(d, 'F_ROUTE', 'error', 'IWK-R24');
      notPermitted(d);
    },
  },
  {
    name: 'certification-expired',
    rule: 'NOB-R16・12PD',
    codes: ['F_CERT_EXPIRED'],
    why: '有効期間の切れた認定のまま出した',
    applies: (d) => isCertified(d) && d.month.event === 'continuing' && d.month.kind !== null,
    plant(d) {
      const expired = addDays(firstDay(d.month.month), -1);
      d.c.person = { ...d.c.person, certTo: expired, certFrom: addDays(expired, -364) };
      expectFinding(d, 'F_CERT_EXPIRED', 'error', 'NOB-R16・12PD');
      Object.assign(d.verdict, NOT_CLAIMED);
    },
  },
  {
    name: 'certification-not-begun',
    rule: 'NOB-R16',
    codes: ['F_CERT_EXPIRED'],
    why: '次の有効期間の被保険者証で出した',
    applies: (d) =>
      isIn(d, 'nobeoka') && isCertified(d) && d.month.kind === 'yobo_cm' && d.month.event === 'continuing',
    plant(d) {
      const from = addDays(lastDay(d.month.month), 1);
      d.c.person = { ...d.c.person, certFrom: from, certTo: addDays(from, 364) };
      expectFinding(d, 'F_CERT_EXPIRED', 'error', 'NOB-R16');
      Object.assign(d.verdict, NOT_CLAIMED);
    },
  },
  {
    name: 'certification-differs-on-cover',
    rule: 'F_FACT_CONFLICT',
    codes: ['F_FACT_CONFLICT'],
    why: '送付票の要介護状態区分が書類と違う',
    applies: (d) => hasCover(d) && isCertified(d) && d.csv.includes('riyohyo'),
    plant(d) {
      const other = d.month.person.certification === '要支援1' ? '要支援2' : '要支援1';
      setOnCover(d, { certification: other });
      expectFinding(d, 'F_FACT_CONFLICT', 'review', 'F_FACT_CONFLICT');
    },
  },
  {
    name: 'checklist-not-eligible',
    rule: 'NOB-R17・NAT-401',
    codes: ['F_NOT_ELIGIBLE'],
    why: '基本チェックリストがどの基準にも当たらない人を事業対象者とした',
    applies: (d) =>
      hasPapers(d) && d.month.person.certification === '事業対象者' && d.papers.checklist !== null,
    plant(d) {
      d.c.person = { ...d.c.person, checklist: { ...d.c.person.checklist, hits: [1, 5, 7] } };
      expectFinding(d, 'F_NOT_ELIGIBLE', 'error', 'NOB-R17・NAT-401');
    },
  },
  {
    name: 'checklist-stale',
    rule: 'NOB-R22',
    codes: ['F_CHECKLIST_STALE'],
    why: '基本チェックリストから1か月以上たち、計画がまだない',
    applies: (d) =>
      hasCover(d) &&
      isIn(d, 'nobeoka') &&
      d.month.person.certification === '事業対象者' &&
      d.month.event === 'new' &&
      d.month.kind === 'yobo_cm',
    plant(d) {
      const date = addDays(d.received, -45);
      d.c.person = { ...d.c.person, certDecided: date, checklist: { ...d.c.person.checklist, date } };
      d.csv = d.csv.filter((set) => set === 'kihon' || set === 'riyohyo');
      d.papers.plan = null;
      addToCover(d, 'flags', { plan_exists: false, checklist_date_on_card: true });
      addToCover(d, 'dates', { checklist: date });
      expectFinding(d, 'F_CHECKLIST_STALE', 'error', 'NOB-R22');
      d.tolerated.push('F_DOC_MISSING');
      d.verdict.missing = undefined;
    },
  },
  {
    name: 'sent-to-another-area',
    rule: 'KMM-R03・NOB-R15',
    codes: ['F_AREA_MISMATCH'],
    why: '利用者の住む圏域ではないセンターに出した',
    applies: (d) =>
      hasCover(d) &&
      d.town.areas.length > 1 &&
      ((isIn(d, 'kumamoto') && isDirect(d)) || (isIn(d, 'nobeoka') && d.month.kind === 'yobo_cm')),
    plant(d) {
      const other = d.town.areas.find((a) => a.key !== d.month.area.key)!;
      d.to = other.center;
      setOnCover(d, { area: d.month.area.key });
      addToCover(d, 'flags', { user_area: d.month.area.key, submitted_to_area: other.key });
      const severity = d.month.city === 'kumamoto' ? 'error' : 'review';
      expectFinding(d, 'F_AREA_MISMATCH', severity, 'KMM-R03・NOB-R15');
    },
  },
  {
    name: 'address-in-no-area',
    rule: 'F_PACKET_AREA',
    codes: ['F_PACKET_AREA'],
    why: '住所がどの圏域にも当たらず、担当センターも書いていない',
    applies: (d) => hasCover(d) && d.month.event === 'continuing' && d.papers.plan === null,
    plant(d) {
      d.c.person = { ...d.c.person, address: `${d.c.city.name}圏外町一丁目1番1号`, postal: '000-9999' };
      d.c.center = { ...d.c.center, name: '' };
      removeFromCover(d, 'center_number', 'area');
      expectFinding(d, 'F_PACKET_AREA', 'review', 'F_PACKET_AREA');
    },
  },
];

/** The office sends an ordinary month: the plan's kind, no 届出, no papers of a switch. */
function asThoughNothingHappened(d: Dossier): void {
  d.c.planKind = 1;
  d.c.commissioned = false;
  d.papers = noPapers();
  setOnCover(d, { event: 'continuing', provider_route: 'direct' });
  setOnCover(d, { previous_category: categoryOf('yobo_shien', 'direct') });
  removeFromCover(d, 'documents', 'flags');
}

function notPermitted(d: Dossier): void {
  Object.assign(d.verdict, { category: 'not_permitted', ...NOT_CLAIMED });
}

/** No claim is shown of a month that cannot be claimed. */
const NOT_CLAIMED = { payer: null, base_units: null, total_units: null };
