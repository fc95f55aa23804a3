import iconv from 'iconv-lite';
import { maskedDigits } from '../../text/my-number.ts';

/** A 個人番号 in one encoding, and what replaces it: as many bytes. */
export interface NumberMask {
  number: Buffer;
  mask: Buffer;
}

export const numberMasks = (numbers: string[]): NumberMask[] =>
  [...new Set(numbers)].flatMap((number) =>
    ['utf8', 'cp932'].map((encoding) => ({
      number: iconv.encode(number, encoding),
      mask: iconv.encode(maskedDigits(number), encoding),
    })),
  );

/** Masks in place. Returns true when a number was found. */
export function maskNumbers(bytes: Buffer, masks: NumberMask[]): boolean {
  let isFound = false;
  for (const { number, mask } of masks)
    for (
      let offset = bytes.indexOf(number);
      offset >= 0;
      offset = bytes.indexOf(number, offset + number.length)
    ) {
      mask.copy(bytes, offset);
      isFound = true;
    }
  return isFound;
}
