import type { Words } from '../../shared/api/session.ts';
import { word } from '../../shared/text/word.ts';
import type { Summary } from './numbers-queries.ts';

/** Numbers with keys. */
export type KeyedNumber = {
  [Name in keyof Summary]: Summary[Name] extends Record<string, number> ? Name : never;
}[keyof Summary];

const TABLES: Record<string, keyof Words> = {
  decisions: 'decisions',
  categories: 'categories',
  routes: 'payers',
  payers: 'payers',
  commissions: 'payers',
  events: 'events',
  findings: 'codes',
  returned_findings: 'codes',
  missing_documents: 'documents',
  closed_reviews: 'reviews',
  answer_times: 'times',
  review_times: 'times',
  units: 'categories',
  units_by_payer: 'payers',
  units_by_claimant: 'payers',
};

/** What a clerk reads for a key of a number; offices and rules keep their number. */
export function keyText(words: Words, of: string, key: string): string {
  if (key === 'all') return '計';
  if (key === 'undecided') return '決まらない';
  if (of === 'switches')
    return key
      .split('>')
      .map((one) => word(words.categories, one))
      .join(' → ');
  const table = TABLES[of];
  return table ? word(words[table] as Record<string, string>, key) : key;
}

/** Title of a number with its key: 「返戻の指摘: 必要書類がない」. */
export function numberText(words: Words, of: string, key: string): string {
  const title = word(words.numbers, of);
  return key === 'all' ? title : `${title}: ${keyText(words, of, key)}`;
}

export interface KeyedCount {
  key: string;
  count: number;
}

/** A number of all areas together, the largest first. */
export function totalOf(summaries: Summary[], of: KeyedNumber): KeyedCount[] {
  const counts = new Map<string, number>();
  for (const one of summaries)
    for (const [key, count] of Object.entries(one[of])) counts.set(key, (counts.get(key) ?? 0) + count);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}
