import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { profilesFolder } from '../../profiles/profiles-folder.ts';
import type { ServiceUse } from '../document.ts';
import { serviceClass } from '../service-kinds.ts';
import { plainText } from './compact-line.ts';

const schema = z.strictObject({
  names: z.array(
    z.strictObject({
      class: z.enum(['yobo_kyufu', 'sogo', 'shitei_igai', 'kaigo_kyufu']),
      words: z.array(z.string()),
      source: z.string(),
    }),
  ),
  short_names: z.array(z.string()),
});

interface NamedService {
  word: string;
  class: ServiceUse['class'];
}
let table: NamedService[] | undefined;

/** The service a printed name means, by profiles/service-names.yaml; class `unknown` when no word of it is there. */
export function serviceByName(printed: string): ServiceUse {
  table ??= readTable();
  const text = plainText(printed);
  const known = table.find(({ word }) => text.includes(word));
  return { name: printed.trim(), class: known?.class ?? 'unknown' };
}

/** The class of a 6-character service code, by its first two characters. */
export const classByCode = (code: string): ServiceUse['class'] => serviceClass(code.slice(0, 2));

/** Longer words first: 介護予防訪問看護 before 訪問看護. Short names stand for 予防給付 on the forms read here. */
function readTable(): NamedService[] {
  const data = schema.parse(parse(readFileSync(join(profilesFolder(), 'service-names.yaml'), 'utf8')));
  const named = data.names.flatMap(({ class: kind, words }) =>
    words.map((word) => ({ word: plainText(word), class: kind })),
  );
  const short = data.short_names.map((word) => ({ word: plainText(word), class: 'yobo_kyufu' as const }));
  return [...named, ...short].sort((a, b) => b.word.length - a.word.length);
}
