import * as z from 'zod';
import { bodyNames } from '../profiles/bodies.ts';
import { tableLoader } from '../profiles/load-table.ts';
import { valueNames } from '../profiles/value-names.ts';
import { foldKey } from '../text/normalise.ts';
import { DOCUMENT_KINDS } from './document-kinds.ts';
import { EVENT_NAMES } from './event-names.ts';
import { CATEGORY_NAMES } from './names.ts';

const loadTable = tableLoader(
  z.strictObject({
    words: z.record(z.string(), z.union([z.array(z.string()), z.record(z.string(), z.string())])),
    bodies: z.array(z.string()),
  }),
);

/** A word that may be written for a fact, and what a clerk reads for it. */
interface Word {
  key: string;
  name: string;
}

/** The words that may be written for a fact of shape `word`, `words` or `contracts`; empty for another fact. */
export const wordsOfFact = (path: string): readonly Word[] => lists().get(path) ?? [];

/** The key of a word, written as its key or its Japanese name in any width; null where the list does not have it. */
export function keyOfWord(path: string, written: string): string | null {
  const folded = foldKey(written);
  const words = wordsOfFact(path);
  const found =
    words.find(({ key }) => key === written) ??
    words.find(({ key, name }) => foldKey(key) === folded || foldKey(name) === folded);
  return found?.key ?? null;
}

let cached: Map<string, Word[]> | null = null;

function lists(): Map<string, Word[]> {
  if (cached) return cached;
  const table = loadTable('cover-values');
  const names = new Map(Object.entries(valueNames()));
  const all = new Map<string, Word[]>([
    ['event', wordsIn(EVENT_NAMES)],
    ['previous_category', wordsIn(CATEGORY_NAMES)],
    ['history.category', [...wordsIn(CATEGORY_NAMES), { key: 'none', name: '利用なし' }]],
    ['documents', wordsIn(DOCUMENT_KINDS)],
    ['notification.attachments', wordsIn(DOCUMENT_KINDS)],
  ]);
  for (const [path, words] of Object.entries(table.words))
    all.set(
      path,
      Array.isArray(words) ? words.map((key) => ({ key, name: names.get(key) ?? key })) : wordsIn(words),
    );
  for (const path of table.bodies) all.set(path, [...(all.get(path) ?? []), ...wordsIn(bodyNames())]);
  cached = all;
  return all;
}

const wordsIn = (names: Record<string, string>): Word[] =>
  Object.entries(names).map(([key, name]) => ({ key, name }));
