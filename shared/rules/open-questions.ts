import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { profilesFolder } from '../profiles/profiles-folder.ts';

const schema = z.strictObject({
  questions: z.array(
    z.strictObject({
      no: z.number().int(),
      asks: z.string().min(1),
      becomes: z.string().min(1),
      rules: z.array(z.string()).default([]),
      /** city.key of the configuration that settles it */
      configuration: z.array(z.string()).default([]),
      findings: z.array(z.enum(Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]])).default([]),
    }),
  ),
});
export type OpenQuestion = z.infer<typeof schema>['questions'][number];

/** What the sources leave open, and what the desk does about it (profiles/open-questions.yaml). */
export const loadOpenQuestions = (folder = profilesFolder()): OpenQuestion[] =>
  schema.parse(parse(readFileSync(join(folder, 'open-questions.yaml'), 'utf8'))).questions;
