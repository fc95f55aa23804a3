import { isMyNumber } from '../../shared/text/my-number.ts';
import { cp932 } from './cp932.ts';

/** Eleven made-up digits and their check digit: a synthetic 個人番号. */
export function myNumber(body = '99999000001'): string {
  for (let digit = 0; digit < 10; digit++) if (isMyNumber(`${body}${digit}`)) return `${body}${digit}`;
  throw new Error(`${body} has no check digit`);
}

export const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** The encodings of a number in bytes: ASCII, full-width as UTF-8, as CP932 and as UTF-16. */
const traces = (number: string): Buffer[] => [
  Buffer.from(number),
  Buffer.from(number, 'utf16le'),
  Buffer.from(wide(number)),
  Buffer.from(wide(number), 'utf16le'),
  cp932(wide(number)),
];

export const isIn = (bytes: Buffer, number: string): boolean =>
  traces(number).some((trace) => bytes.includes(trace));
