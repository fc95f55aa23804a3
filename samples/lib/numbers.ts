/**
 * Numbers of a valid form that belong to no one. Independent of the desk's own check,
 * so that the samples can reveal its errors.
 */

/** Letters a 事業所番号 may hold, from 10 upward: I, O and Q are not used. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

const numberOf = (char: string): number => (/\d/.test(char) ? Number(char) : 10 + LETTERS.indexOf(char));

const digitSum = (n: number): number => [...String(n)].reduce((sum, digit) => sum + Number(digit), 0);

/** Modulus 10, weights 2-1 from the right, digits of each product added. */
function checkDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, char, i) => total + digitSum(numberOf(char) * (i % 2 === 0 ? 2 : 1)), 0);
  return (10 - (sum % 10)) % 10;
}

/** 区分 of a 事業所番号: 0 地域包括支援センター, 6 訪問看護ステーション, 7 指定事業所, A 総合事業. */
export type OfficeClass = '0' | '6' | '7' | 'A';

/** 事業所番号: 都道府県2 + 区分1 + 郡市区2 + 番号4 + 検証番号1 (資料13). */
export function officeNumber(
  prefecture: string,
  kind: OfficeClass,
  district: string,
  serial: number,
): string {
  const body = `${prefecture}${kind}${district}${String(serial).padStart(4, '0')}`;
  return `${body}${checkDigit(body)}`;
}

/** 保険者番号: 市区町村コード5 + 検証番号1, weights 2,1,2,1,2 from the left (the same as from the right for five). */
export const insurerNumber = (municipality: string): string => `${municipality}${checkDigit(municipality)}`;

/** 被保険者番号 of a person who does not exist: many leading zeros. It has no check digit. */
export const insuredNumber = (serial: number): string => String(serial).padStart(10, '0');
