import * as z from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { tableLoader } from '../profiles/load-table.ts';

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

const loadTable = tableLoader(schema);

/** The 返戻 codes of 国保連 that a finding prevents (profiles/return-codes.yaml). */
export const loadReturnCodes = (folder?: string): ReturnCodes => loadTable('return-codes', folder);
