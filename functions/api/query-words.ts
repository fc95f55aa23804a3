import { HTTPException } from 'hono/http-exception';
import { CALENDAR_KINDS } from '../../shared/records/views/calendar.ts';
import { QUEUE_ORDERS, QUEUE_PARTS } from '../../shared/records/views/review-queue.ts';
import { ROSTER_FILTERS } from '../../shared/records/views/roster.ts';
import { CATEGORIES, REVIEW_KINDS } from '../../shared/vocabulary/category.ts';

/** Longest value of a parameter, letters. */
const LONGEST = 1000;

/** What may be written in a parameter that takes words. The name means the same in every route that has it. */
const WORDS: Record<string, readonly string[]> = {
  as: ['pdf', 'picture'],
  category: [...CATEGORIES, 'undecided'],
  encoding: ['utf-8', 'cp932'],
  filter: ROSTER_FILTERS,
  format: ['json', 'text', 'pdf', 'csv'],
  kind: [...REVIEW_KINDS, ...CALENDAR_KINDS],
  mine: ['1'],
  part: QUEUE_PARTS,
  sort: QUEUE_ORDERS,
  unclaimed: ['1'],
};
/** And in one that takes what a registry or a calendar has, with what the caller reads. */
const SHAPES: Record<string, { shape: RegExp; means: string }> = {
  month: { shape: /^(?:\d{4}-(?:0[1-9]|1[0-2])|unknown)$/, means: '2024-05 のような月' },
  // A review item of papers that name no office is in the queue as _unknown.
  office: { shape: /^(?:\d{2}[0-9A-Z]\d{7}|_unknown)$/, means: '10桁の事業所番号' },
};

/**
 * Checks the parameters of a request against those that its route has, and each against its words. One without a value
 * counts as left out.
 * @throws HTTPException 400 with what may be written
 */
export function checkQuery(given: Record<string, string>, names: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name))
      throw refusal(
        names.length > 0
          ? `指定できるのは ${names.join('、')} だけです。`
          : 'このURLに付けられる指定はありません。「?」から後を消してください。',
      );
    if (value === '') continue;
    // A cursor that is too long is answered as any other that is wrong, by who reads it.
    if (name !== 'after' && value.length > LONGEST) throw refusal(`${name} が長すぎます。`);
    const words = Object.hasOwn(WORDS, name) ? WORDS[name]! : null;
    if (words && !words.includes(value)) throw refusal(`${name} は ${words.join('、')} のどれかです。`);
    const known = Object.hasOwn(SHAPES, name) ? SHAPES[name]! : null;
    if (known && !known.shape.test(value)) throw refusal(`${name} には ${known.means}を書いてください。`);
  }
}

const refusal = (message: string): HTTPException => new HTTPException(400, { message });
