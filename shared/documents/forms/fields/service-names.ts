import * as z from 'zod';
import { tableLoader } from '../../../profiles/load-table.ts';
import type { ServiceUse } from '../../document.ts';
import { serviceClass } from '../../service-kinds.ts';
import { plainText } from '../text/compact-line.ts';

const classSchema = z.enum(['yobo_kyufu', 'sogo', 'shitei_igai', 'kaigo_kyufu']);
const fileSchema = z.strictObject({
  names: z.array(z.strictObject({ class: classSchema, words: z.array(z.string()), source: z.string() })),
  short_names: z.array(z.string()),
  ended: z.array(z.strictObject({ kind: z.string(), words: z.array(z.string()) })),
});

interface NamedService {
  word: string;
  class: ServiceUse['class'];
}

interface NamedKind {
  kind: string;
  words: string[];
}

interface NameTable {
  names: NamedService[];
  ended: NamedKind[];
  /** answers of `endedKindByName` */
  endedByName: Map<string, string | null>;
}

/** The service a printed name means, by profiles/service-names.yaml; class `unknown` where it holds no word of it. */
export function serviceByName(printed: string): ServiceUse {
  const text = plainText(printed);
  const named = loadTable('service-names').names.find(({ word }) => text.includes(word));
  return { name: printed.trim(), class: named?.class ?? 'unknown' };
}

/** The kind of service that had a printed name, where it is one of those that ended; null for any other. */
export function endedKindByName(printed: string): string | null {
  const table = loadTable('service-names');
  const existing = table.endedByName.get(printed);
  if (existing !== undefined) return existing;
  const kind = findEndedKind(plainText(printed), table);
  if (table.endedByName.size < MOST_NAMES) table.endedByName.set(printed, kind);
  return kind;
}

/** The services of a month are asked for several times over. Papers print a few dozen names, a hostile one any number. */
const MOST_NAMES = 1000;

function findEndedKind(text: string, { names, ended }: NameTable): string | null {
  if (names.some(({ word }) => text.includes(word))) return null;
  return ended.find(({ words }) => words.some((word) => text.includes(word)))?.kind ?? null;
}

/** Whether a text is the name of a service that ended, and nothing else. */
export const isEndedName = (text: string): boolean =>
  loadTable('service-names').ended.some(({ words }) => words.includes(text));

/** The class of a 6-character service code, by its first two characters. */
export const classByCode = (code: string): ServiceUse['class'] => serviceClass(code.slice(0, 2));

/** Longer words first: 介護予防訪問看護 before 訪問看護. On the forms read here a short name means 予防給付. */
const loadTable = tableLoader(
  fileSchema.transform(({ names, short_names, ended }): NameTable => {
    const full = names.flatMap(({ class: kind, words }) => words.map((word) => ({ word, class: kind })));
    const short = short_names.map((word) => ({ word, class: 'yobo_kyufu' as const }));
    return {
      names: [...full, ...short]
        .map((named) => ({ ...named, word: plainText(named.word) }))
        .sort((a, b) => b.word.length - a.word.length),
      ended: ended.map(({ kind, words }) => ({ kind, words: words.map(plainText) })),
      endedByName: new Map(),
    };
  }),
);
