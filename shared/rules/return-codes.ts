import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { profilesFolder } from '../profiles/profiles-folder.ts';

const schema = z.strictObject({
  source: z.strictObject({
    title: z.string(),
    url: z.string(),
    also: z.strictObject({ title: z.string(), url: z.string() }).optional(),
  }),
  codes: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      prevented_by: z.array(z.enum(Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]])).min(1),
      why: z.string(),
    }),
  ),
});
export type ReturnCodes = z.infer<typeof schema>;

/** The 返戻 codes of 国保連 that a finding of the desk prevents (profiles/return-codes.yaml). */
export const loadReturnCodes = (folder = profilesFolder()): ReturnCodes =>
  schema.parse(parse(readFileSync(join(folder, 'return-codes.yaml'), 'utf8')));
