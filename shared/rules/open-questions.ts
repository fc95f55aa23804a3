import * as z from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { tableLoader } from '../profiles/load-table.ts';

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

const loadTable = tableLoader(schema);

/** What the sources leave open, and what the program does about it (profiles/open-questions.yaml). */
export const loadOpenQuestions = (folder?: string): OpenQuestion[] =>
  loadTable('open-questions', folder).questions;
