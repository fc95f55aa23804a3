import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { profilesFolder } from '../../profiles/profiles-folder.ts';

const pattern = z.string().transform((source) => new RegExp(source, 'iu'));
const schema = z.strictObject({
  tags: z.record(z.string(), z.array(z.string())),
  change: z.array(pattern),
  reason: z.array(pattern),
  center: pattern,
  contact: pattern,
  visit: pattern,
  video: pattern,
  phone: pattern,
  contact_place: pattern,
  monitoring: pattern,
});

export type RecordWords = z.infer<typeof schema>;
let words: RecordWords | undefined;

/** profiles/record-words.yaml, read once: the words records are searched for, as data. */
export function recordWords(): RecordWords {
  words ??= schema.parse(parse(readFileSync(join(profilesFolder(), 'record-words.yaml'), 'utf8')));
  return words;
}
