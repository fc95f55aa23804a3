import { addToCover } from '../customs/common.ts';
import type { Dossier } from '../dossier.ts';
import { type Defect, expectFinding, hasCover, setOnCover } from './defect.ts';

const isIn = (d: Dossier, ...cities: string[]): boolean => cities.includes(d.month.city);
const isBilled = (d: Dossier): boolean => hasCover(d) && d.month.kind === 'yobo_shien';
const isDirect = (d: Dossier): boolean => isBilled(d) && d.month.route === 'direct';

/** Adds one add-on to those claimed; returns them all. */
function claim(d: Dossier, addon: string): string[] {
  const claimed = [...((d.cover?.addons_claimed as string[] | undefined) ?? []), addon];
  setOnCover(d, { addons_claimed: claimed });
  return claimed;
}

/** Add-ons, units and payers that do not fit the month. */
export const wrongBilling: Defect[] = [
  {
    name: 'addon-commission-link-when-direct',
    rule: 'IWK-R19',
    codes: ['F_ADDON_NOT_ALLOWED'],
    why: '委託のない直接実施の月に委託連携加算を請求した',
    applies: (d) => isDirect(d) && isIn(d, 'iwaki'),
    plant(d) {
      claim(d, 'itaku_renkei');
      expectFinding(d, 'F_ADDON_NOT_ALLOWED', 'error', 'IWK-R19');
    },
  },
  {
    name: 'addon-special-area-without-registry',
    rule: 'IWK-R15',
    codes: ['F_ADDON_NOT_ALLOWED'],
    why: '特別地域にない事業所が特別地域加算を請求した',
    applies: (d) => isDirect(d) && isIn(d, 'iwaki') && d.month.office?.specialArea === null,
    plant(d) {
      const claimed = claim(d, 'tokubetsu_chiiki');
      expectFinding(d, 'F_ADDON_NOT_ALLOWED', 'error', 'IWK-R15');
      // denied, so it does not count
      d.verdict.total_units = 472 + (claimed.includes('shokai') ? 300 : 0);
    },
  },
  {
    name: 'addon-special-area-when-commissioned',
    rule: 'IWK-R15',
    codes: ['F_ADDON_NOT_ALLOWED'],
    why: '委託または包括の月に、直接実施だけの地域の加算を請求した',
    applies: (d) => isBilled(d) && d.month.route !== 'direct',
    plant(d) {
      claim(d, 'chusankan_shokibo');
      expectFinding(d, 'F_ADDON_NOT_ALLOWED', 'error', 'IWK-R15');
    },
  },
  {
    name: 'addon-before-its-date',
    rule: '令和8年6月から',
    codes: ['F_ADDON_NOT_ALLOWED'],
    why: 'まだない処遇改善加算を請求した',
    applies: (d) => isBilled(d) && d.month.month < '2026-06',
    plant(d) {
      claim(d, 'shogu_kaizen');
      expectFinding(d, 'F_ADDON_NOT_ALLOWED', 'error', '令和8年6月から');
    },
  },
  {
    name: 'units-of-the-other-route',
    rule: 'IWK-R14',
    codes: ['F_UNITS'],
    why: '直接実施の月に、包括の単位数（442）で請求した',
    applies: (d) => isDirect(d) && d.cover?.addons_claimed === undefined,
    plant(d) {
      addToCover(d, 'flags', { claimed_units: 442 });
      expectFinding(d, 'F_UNITS', 'error', 'IWK-R14');
    },
  },
  {
    name: 'claimed-from-the-wrong-payer',
    rule: 'MIT-R20・MIT-R21・IWK-R21・OKY-R49',
    codes: ['F_PAYER'],
    why: '請求先を間違えた',
    applies: (d) =>
      (isIn(d, 'mito') &&
        hasCover(d) &&
        d.verdict.payer !== 'undetermined' &&
        ((d.month.kind === 'yobo_cm' && d.month.route === 'itaku') || isDirect(d))) ||
      (isIn(d, 'iwaki', 'okayama') && isDirect(d)),
    plant(d) {
      addToCover(d, 'flags', { claimed_payer: d.month.kind === 'yobo_cm' ? 'kokuhoren' : 'mito_city' });
      expectFinding(d, 'F_PAYER', 'error', 'MIT-R20・MIT-R21・IWK-R21・OKY-R49');
    },
  },
  {
    name: 'claimed-by-the-center',
    rule: 'IWK-R21',
    codes: ['F_PAYER'],
    why: '直接実施の月を包括が請求した',
    applies: (d) => isDirect(d) && isIn(d, 'iwaki'),
    plant(d) {
      addToCover(d, 'flags', { claimant: 'hokatsu_center' });
      expectFinding(d, 'F_PAYER', 'error', 'IWK-R21');
    },
  },
];
