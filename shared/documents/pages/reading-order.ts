const HEBREW_AND_ARABIC = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufeff';
const RIGHT_TO_LEFT = new RegExp(`[${HEBREW_AND_ARABIC}]`, 'g');
/** words that run from right to left with the blanks between them, or what is between those */
const STRETCHES = new RegExp(
  `[${HEBREW_AND_ARABIC}]+(?:\\s+[${HEBREW_AND_ARABIC}]+)*|[^${HEBREW_AND_ARABIC}]+`,
  'gu',
);

/** A text with this part of its letters running from right to left does so as a whole. */
const MOSTLY = 0.3;

/** A text as it is read: words that run from right to left are drawn with their last letter first. */
export function inReadingOrder(text: string): string {
  const letters = text.match(RIGHT_TO_LEFT)?.length ?? 0;
  if (letters === 0) return text;
  const stretches = (text.match(STRETCHES) ?? []).map((stretch) =>
    stretch.search(RIGHT_TO_LEFT) < 0 ? stretch : [...stretch].reverse().join(''),
  );
  return (letters < text.length * MOSTLY ? stretches : stretches.reverse()).join('');
}
