/** Whether a character takes room of its own, leaves a gap, is drawn over the one before, or is not printed at all. */
export type LetterKind = 'letter' | 'blank' | 'diacritic' | 'format';

const kinds = new Map<string, LetterKind>();

export function letterKind(character: string): LetterKind {
  if (character.length === 1 && isOrdinary(character.charCodeAt(0))) return 'letter';
  let kind = kinds.get(character);
  if (!kind) {
    kind = findKind(character);
    if (kinds.size < MOST_KEPT) kinds.set(character, kind);
  }
  return kind;
}

/** a font may map a glyph to any text */
const MOST_KEPT = 10_000;

/** ASCII, kana without the combining marks, common kanji. */
const isOrdinary = (code: number): boolean =>
  (code > 0x20 && code < 0x7f) || (code >= 0x309b && code <= 0x9fff) || (code >= 0x3041 && code <= 0x3096);

function findKind(character: string): LetterKind {
  if (/^\s/u.test(character)) return 'blank';
  if (/\p{Mn}/u.test(character)) return 'diacritic';
  return /\p{Cf}$/u.test(character) ? 'format' : 'letter';
}
