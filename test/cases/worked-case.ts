import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { caseSchema } from '../../shared/decision/decide-case.ts';
import type { Decision } from '../../shared/decision/verdict.ts';

/**
 * What a worked case expects. One rule for every key:
 * a key that is written is compared in full, a key that is absent is not compared.
 * `null` and `[]` are values: the decision leaves the field open, the list is empty. `findings` is always written.
 */
const fields = {
  decision: z.enum(['accept', 'review', 'return']),
  category: z.string().nullable().optional(),
  responsible_body: z.string().nullable().optional(),
  entrusted_body: z.string().nullable().optional(),
  claimant: z.string().nullable().optional(),
  payer: z.string().nullable().optional(),
  base_units: z.number().nullable().optional(),
  total_units: z.number().nullable().optional(),
  yen: z.number().nullable().optional(),
  claim: z
    .strictObject({
      claimant: z.string().nullable(),
      payer: z.string(),
      base_units: z.number().nullable(),
      units: z.number().nullable(),
      yen: z.number().nullable(),
    })
    .nullable()
    .optional(),
  commission: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      share: z.number().nullable(),
      units: z.number().nullable(),
      yen: z.number().nullable(),
      citation: z.strictObject({ title: z.string(), place: z.string() }),
    })
    .nullable()
    .optional(),
  addons_allowed: z.array(z.string()).optional(),
  addons_denied: z.array(z.string()).optional(),
  required_documents: z.array(z.string()).optional(),
  optional_documents: z.array(z.string()).optional(),
  missing_documents: z.array(z.string()).optional(),
  notification_required: z.boolean().nullable().optional(),
  notification_form: z.string().nullable().optional(),
  notification_kind: z.string().nullable().optional(),
  notification_to: z.string().nullable().optional(),
  notification_attachments: z.array(z.string()).optional(),
  contract_parties: z.array(z.string()).optional(),
  new_contract_required: z.boolean().nullable().optional(),
  aggregates: z.record(z.string(), z.record(z.string(), z.number())).nullable().optional(),
  deadlines: z.array(z.strictObject({ what: z.string(), due: z.string() })).optional(),
  watches_opened: z.array(z.strictObject({ what: z.string(), due: z.string().nullable() })).optional(),
  watches_closed: z.array(z.string()).optional(),
  involvement: z
    .strictObject({ rule: z.string(), due: z.string().nullable(), reason: z.string() })
    .nullable()
    .optional(),
  findings: z.array(z.strictObject({ code: z.string(), severity: z.string() })),
} satisfies Partial<Record<keyof Decision, z.ZodType>>;

export const expectationSchema = z.strictObject({
  ...fields,
  /** whose rules print the payer: the city's own profile or the national one */
  payer_basis: z.enum(['city', 'national']).optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;

const workedCaseSchema = z.strictObject({
  ...caseSchema.omit({ city: true }).shape,
  title: z.string(),
  cite: z.string(),
  /** what a reader should know about the expectation; not compared */
  note: z.string().optional(),
  expect: expectationSchema,
});
export type WorkedCase = z.infer<typeof workedCaseSchema>;

/** The worked cases by file; the file name up to the first "-" is the city. Throws where a case has an unknown key. */
export function readWorkedCases(): { name: string; city: string; cases: WorkedCase[] }[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => {
    const name = file.replace('.yaml', '');
    const content: unknown = parse(readFileSync(join(import.meta.dirname, file), 'utf8'), { merge: true });
    return { name, city: name.split('-')[0] ?? name, cases: z.array(workedCaseSchema).parse(content) };
  });
}
