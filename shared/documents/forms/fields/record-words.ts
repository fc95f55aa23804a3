import * as z from 'zod';
import { tableLoader } from '../../../profiles/load-table.ts';

const pattern = z.string().transform((source) => new RegExp(source, 'iu'));
const ending = z.enum(['death', 'moved', 'hospital', 'facility', 'yokaigo', 'office_changed', 'not_needed']);
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
  video_conditions: z.record(z.string(), pattern),
  endings: z.record(ending, pattern),
  ending_options: z.record(ending, pattern),
  not_happened: pattern,
  family: pattern,
  informant: pattern,
  person: pattern,
  no_use: pattern,
  no_use_reasons: z.record(z.string(), pattern),
});

export type RecordWords = z.infer<typeof schema>;

const loadTable = tableLoader(schema);

/** The words that records are searched for (profiles/record-words.yaml). */
export const recordWords = (): RecordWords => loadTable('record-words');
