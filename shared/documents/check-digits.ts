/**
 * Check digits of the numbers in care insurance. A number that fails is still accepted: of 40,420 published office
 * numbers 26 fail both rules, and the dummy numbers of the standard fail too, so a failure is only reported.
 */

/** Letters of a 事業所番号 count from 10 upward; I, O and Q are not used (資料13「事業所番号の考え方について」). */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const OFFICE_NUMBER = /^\d{2}[0-9A-HJ-NPR-Z]\d{7}$/;

export const isOfficeNumberForm = (number: string): boolean => OFFICE_NUMBER.test(number);

/**
 * 事業所番号, 10 characters: 都道府県2 + 区分1 + 郡市区2 + 番号4 + 検証番号1. Rule 1: modulus 10, weights 2,1,2,1 … from the
 * right of the first nine, digits of each product added. Numbers taken over from medical codes (区分 1, 3, 4, 5, 6) may
 * instead be computed over the last six of the nine (rule 2; so in 埼玉・千葉・東京・神奈川).
 */
export function isOfficeNumberSound(number: string): boolean {
  if (!OFFICE_NUMBER.test(number)) return false;
  const body = number.slice(0, 9);
  const last = Number(number[9]);
  if (checkDigit(body) === last) return true;
  return '13456'.includes(number[2] ?? '') && checkDigit(body.slice(3)) === last;
}

/** 保険者番号, 6 digits: 市区町村コード5 + modulus 10 with weights 2,1,2,1,2. */
export const isInsurerNumberSound = (number: string): boolean =>
  /^\d{6}$/.test(number) && checkDigit(number.slice(0, 5)) === Number(number[5]);

/** Modulus 10, weights 2,1,2,1 … from the right, digits of each product added. */
function checkDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const weight = (body.length - i) % 2 === 1 ? 2 : 1;
    const product = CHARACTERS.indexOf(body.charAt(i)) * weight;
    sum += Math.floor(product / 10) + (product % 10);
  }
  return (10 - (sum % 10)) % 10;
}
