import { z } from 'zod';
import { tableLoader } from '../../../profiles/load-table.ts';
import type { ServiceUse } from '../../document.ts';
import { serviceClass } from '../../service-kinds.ts';
import { plainText } from '../text/compact-line.ts';

const classSchema = z.enum(['yobo_kyufu', 'sogo', 'shitei_igai', 'kaigo_kyufu']);
const fileSchema = z.strictObject({
  names: z.array(z.strictObject({ class: classSchema, words: z.array(z.string()), source: z.string() })),
  short_names: z.array(z.string()),
});

interface NamedService {
  word: string;
  class: ServiceUse['class'];
}

/** The service a printed name means, by profiles/service-names.yaml; class `unknown` where it holds no word of it. */
export function serviceByName(printed: string): ServiceUse {
  const text = plainText(printed);
  const named = loadTable('service-names').find(({ word }) => text.includes(word));
  return { name: printed.trim(), class: named?.class ?? 'unknown' };
}

/** The class of a 6-character service code, by its first two characters. */
export const classByCode = (code: string): ServiceUse['class'] => serviceClass(code.slice(0, 2));

/** Longer words first: 介護予防訪問看護 before 訪問看護. On the forms read here a short name means 予防給付. */
const loadTable = tableLoader(
  fileSchema.transform(({ names, short_names }): NamedService[] => {
    const full = names.flatMap(({ class: kind, words }) => words.map((word) => ({ word, class: kind })));
    const short = short_names.map((word) => ({ word, class: 'yobo_kyufu' as const }));
    return [...full, ...short]
      .map((named) => ({ ...named, word: plainText(named.word) }))
      .sort((a, b) => b.word.length - a.word.length);
  }),
);
