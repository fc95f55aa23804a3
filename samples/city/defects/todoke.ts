import { TODOKE_TITLES } from '../../lib/forms/todoke.ts';
import type { Dossier } from '../dossier.ts';
import { type Defect, expectFinding } from './defect.ts';

const hasNotification = (d: Dossier): boolean => d.papers.todoke !== null;
const isIn =
  (...cities: string[]) =>
  (d: Dossier): boolean =>
    cities.includes(d.month.city);
/** The route changes, so that the bodies on the form are fixed. */
const turnsRoute = (d: Dossier): boolean =>
  d.month.office !== null && d.month.before !== null && d.month.before.route !== d.month.route;

/** The 届出 of the month has wrong contents. */
export const wrongNotification: Defect[] = [
  {
    name: 'todoke-new-instead-of-change',
    rule: 'MIT-R11',
    codes: ['F_TODOKE_KIND'],
    why: '区分が変わる届なのに「新規」に印を付けた',
    applies: (d) => hasNotification(d) && isIn('mito')(d),
    plant(d) {
      d.papers.todoke!.kind = '新規';
      expectFinding(d, 'F_TODOKE_KIND', 'error', 'MIT-R11');
    },
  },
  {
    name: 'todoke-wrong-body',
    rule: 'IWK-R27',
    codes: ['F_TODOKE_BODY'],
    why: '担当事業所と受託事業所を取り違えた',
    applies: (d) =>
      hasNotification(d) && isIn('iwaki')(d) && turnsRoute(d) && d.month.event === 'category_switch',
    plant(d) {
      const todoke = d.papers.todoke!;
      const office = d.month.office!.office;
      if (d.month.route === 'direct') {
        todoke.responsible = d.month.area.center;
        todoke.entrusted = office;
      } else {
        todoke.responsible = office;
        delete todoke.entrusted;
      }
      expectFinding(d, 'F_TODOKE_BODY', 'error', 'IWK-R27');
    },
  },
  {
    name: 'todoke-office-in-charge-of-cm',
    rule: 'NOB-R01',
    codes: ['F_TODOKE_BODY'],
    why: '介護予防ケアマネジメントの届出書の担当を居宅介護支援事業所とした',
    applies: (d) =>
      hasNotification(d) && isIn('nobeoka')(d) && d.month.office !== null && d.month.kind === 'yobo_cm',
    plant(d) {
      const todoke = d.papers.todoke!;
      todoke.responsible = d.month.office!.office;
      delete todoke.entrusted;
      expectFinding(d, 'F_TODOKE_BODY', 'error', 'NOB-R01');
    },
  },
  {
    name: 'todoke-to-wrong-addressee',
    rule: 'IWK-R29・MIT-R10・OKY-R12',
    codes: ['F_TODOKE_DEST'],
    why: '届出書の宛先と提出先を間違えた',
    applies: (d) =>
      hasNotification(d) && (isIn('iwaki', 'mito')(d) || (isIn('okayama')(d) && d.month.event === 'new')),
    plant(d) {
      const { center } = d.month.area;
      const wrong = d.month.city === 'mito' ? '水戸市福祉事務所' : center.name;
      d.papers.todoke = { ...d.papers.todoke!, to: `${wrong}長`, handIn: wrong };
      const isAsked = d.month.city === 'iwaki' && d.month.event === 'itaku_to_direct';
      expectFinding(d, 'F_TODOKE_DEST', isAsked ? 'review' : 'error', 'IWK-R29・MIT-R10・OKY-R12');
    },
  },
  {
    name: 'todoke-unsigned',
    rule: 'OKY-R11',
    codes: ['F_SIGNATURE'],
    why: '介護予防届に署名をもらっていない',
    applies: (d) => hasNotification(d) && isIn('okayama')(d) && d.month.event === 'new',
    plant(d) {
      d.papers.todoke!.signed = null;
      expectFinding(d, 'F_SIGNATURE', 'error', 'OKY-R11');
    },
  },
  {
    name: 'todoke-of-another-kind',
    rule: 'OKY-R12',
    codes: ['F_TODOKE_MISSING'],
    why: '介護予防届ではなく居宅サービス計画の届出書を入れた',
    applies: (d) => hasNotification(d) && isIn('okayama')(d) && d.month.event === 'new',
    plant(d) {
      d.papers.todoke!.title = TODOKE_TITLES.okayama[2];
      expectFinding(d, 'F_TODOKE_MISSING', 'error', 'OKY-R12');
      d.verdict.missing = ['kaigo_yobo_todoke'];
    },
  },
];
