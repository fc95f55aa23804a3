import { z } from 'zod';
import { isDocumentKind } from '../documents/document-kinds.ts';
import { type FindingCode, isFindingCode } from '../findings/finding-codes.ts';
import { conditionSchema } from './conditions.ts';

/**
 * The shape of one rule in a profile. `template` names the one of sixteen templates that reads it.
 * Everything an officer edits is here; shared/rules/templates/ holds what the templates do with it.
 */
const ruleId = z
  .string()
  .regex(/^(IWK|MIT|OKY|NOB|KMM|NAT|[A-Z]{3})-[A-Z]?\d{2,3}$/, '規則番号の形が違います（例 MIT-R10）');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日付は YYYY-MM-DD で書きます');
const documentKey = z
  .string()
  .refine(isDocumentKind, { error: '知らない書類の種類です（documents/document-kinds.ts）' });
const code = z.custom<FindingCode>((v) => typeof v === 'string' && isFindingCode(v), {
  error: '知らない指摘コードです（findings/finding-codes.ts）',
});
const severity = z.enum(['error', 'warn', 'review', 'info']);
const periodSchema = z.strictObject({
  days: z.number().int().optional(),
  weeks: z.number().int().optional(),
  months: z.number().int().optional(),
  years: z.number().int().optional(),
});

/** What the office is told when the rule is broken. `{…}` in the sentences is filled by the template. */
export const brokenSchema = z.strictObject({
  code,
  severity,
  message: z.string().min(1),
  remedy: z.string().min(1),
});
export type Broken = z.infer<typeof brokenSchema>;

const base = {
  id: ruleId,
  /** other rules this entry decides as well */
  also: z.array(ruleId).default([]),
  /** when one rule needs several entries */
  part: z.string().optional(),
  /** article, question or heading in the source of the profile */
  place: z.string().min(1),
  /** another document than the profile's own */
  source: z.string().optional(),
  /** the rule in one sentence */
  says: z.string().min(1),
  /** first and last day it is in force; the profile's own dates where they are absent */
  from: day.optional(),
  to: day.optional(),
  /** how well a national fact is confirmed (A official … C code of others, unconfirmed) */
  grade: z.enum(['S', 'A', 'B', 'C', 'calc', 'unconfirmed']).optional(),
  when: conditionSchema.optional(),
  unless: conditionSchema.optional(),
  /** what a person must look at besides */
  checklist: z.string().optional(),
  /** what the office should know, shown in the guide */
  note: z.string().optional(),
  /** documents this rule asks for without checking their presence itself */
  lists: z.array(documentKey).default([]),
  /** the document set it speaks of */
  set: z.string().optional(),
  /** a set that asks for these documents as well: what it reports missing is not said again */
  covered_by: z.string().optional(),
  /** rules of a city that say the same more exactly; this one steps back where they exist */
  superseded_by: z.array(ruleId).default([]),
  /** another rule of the source that switches this one off, and when it does */
  exempt: z.strictObject({ rule: ruleId, when: conditionSchema }).optional(),
};
const entry = <N extends string, S extends z.ZodRawShape>(template: N, shape: S) =>
  z.strictObject({ template: z.literal(template), ...base, ...shape });

export const categoryEntry = entry('category', {
  /** which kind of plan or route the month must not be declared as */
  becomes: z.enum(['yobo_shien', 'yobo_cm']).optional(),
  /** overrides the national table, e.g. 事業対象者 without a commission */
  category: z.string().optional(),
  broken: brokenSchema.optional(),
});
export const permissionEntry = entry('permission', {});
export const requirementEntry = entry('requirement', {
  require: conditionSchema,
  broken: brokenSchema,
  forbids: z.boolean().default(false),
});
export const alertEntry = entry('alert', { broken: brokenSchema, forbids: z.boolean().default(false) });
export const feeEntry = entry('fee', {
  category: z.array(z.string()),
  units: z.number().optional(),
  /** part of the fee an office gets for commissioned work; never a claim */
  share: z.number().optional(),
  unit: z.literal('単位').default('単位'),
});
export const payerEntry = entry('payer', {
  category: z.array(z.string()),
  payer: z.string(),
  claimant: z.string().nullable(),
  broken: brokenSchema.optional(),
});
export const addonEntry = entry('addon', {
  addons: z.array(z.string()),
  /** `unfounded`: what to say of one that is claimed and that no rule allows or denies */
  verdict: z.enum(['allow', 'deny', 'value', 'unfounded']),
  /** deny even when nobody claims it (shown to the office beforehand) */
  always_shown: z.boolean().default(false),
  units: z.number().optional(),
  rate: z.number().optional(),
  unit: z.string().default('単位'),
  broken: brokenSchema.optional(),
});
export const documentsEntry = entry('documents', {
  items: z.array(
    z.strictObject({
      document: documentKey,
      /** any of these counts as the document */
      or: z.array(z.string()).default([]),
      optional: z.boolean().default(false),
      /** a lesser form that is there but does not do */
      insufficient: z
        .strictObject({ document: documentKey, rule: ruleId.optional(), ...brokenSchema.shape })
        .optional(),
    }),
  ),
  broken: brokenSchema,
});
export const todokeEntry = entry('todoke', {
  form: z.array(z.string()).default([]),
  document: documentKey.default('kaigo_yobo_todoke'),
  /** body it must be handed to */
  addressee: z.string().optional(),
  kind: z.string().optional(),
  responsible: z.string().optional(),
  entrusted: z.string().optional(),
  attachments: z.array(z.string()).default([]),
  signed: z.boolean().default(false),
  /** false: due, but its details stand in a document that is not among the sources */
  enforce: z.boolean().default(true),
  broken: z.array(brokenSchema).default([]),
});
export const contractEntry = entry('contract', {
  parties: z.array(z.string()).default([]),
  /** parties one contract must join; nothing is checked where absent */
  check: z.array(z.string()).optional(),
  new_contract: z.boolean().optional(),
  broken: brokenSchema.optional(),
});
export const deadlineEntry = entry('deadline', {
  what: z.string(),
  /** fact the period starts with; of several, the first that is known */
  start: z.union([z.string(), z.array(z.string()).min(1)]),
  period: periodSchema.optional(),
  /** counted back from the start: at the latest this long before */
  before: periodSchema.optional(),
  /** day of the month after the start's month */
  day_of_next_month: z.number().int().optional(),
  /** the end of the start's own month */
  month_end: z.boolean().optional(),
  /** fact that ends it */
  done: z.string().optional(),
  /** whether the source says how the first day is counted */
  first_day: z.enum(['unstated', 'excluded', 'included']).default('excluded'),
  unit: z.string().default('日'),
  broken: brokenSchema.optional(),
});
export const monitoringEntry = entry('monitoring', {
  check: z.enum([
    'visit_each_period',
    'visit_in_consecutive_periods',
    'video_consent',
    'video_agreement',
    'monthly_record',
    'monthly_contact',
    'provider_report',
    'evaluation_month_visit',
    'significant_change_visit',
  ]),
  period_months: z.number().int().default(3),
  consecutive: z.number().int().default(2),
  /** what must be agreed; a list holds the ways one item is numbered (延岡市 i, 岡山市 a) */
  agreed_items: z.array(z.union([z.string(), z.array(z.string()).min(1)])).default([]),
  unit: z.string().default('月'),
  broken: brokenSchema,
});
export const checklistScoreEntry = entry('checklist_score', {
  criteria: z.array(
    z.strictObject({
      name: z.string(),
      questions: z.array(z.number().int()),
      at_least: z.number().int(),
      confirmed: z.boolean(),
    }),
  ),
  broken: brokenSchema,
});
export const involvementEntry = entry('involvement', {
  reason: z.string(),
  start: z.string().optional(),
  period: periodSchema.optional(),
  unit: z.string().default('日'),
});
/** A rule that switches others off (they name it in `exempt`); says so once. */
export const exemptionEntry = entry('exemption', { broken: brokenSchema });
export const aggregateEntry = entry('aggregate', {});
/** Only a person can decide it: a line of the reviewer's checklist. */
export const humanEntry = entry('human', { checklist: z.string().min(1) });
/** Not visible to document intake; listed with its reason in docs/scope.md. */
export const outEntry = entry('out', { reason: z.string().min(1) });

export const entrySchema = z.discriminatedUnion('template', [
  categoryEntry,
  permissionEntry,
  requirementEntry,
  alertEntry,
  feeEntry,
  payerEntry,
  addonEntry,
  documentsEntry,
  todokeEntry,
  contractEntry,
  deadlineEntry,
  monitoringEntry,
  checklistScoreEntry,
  involvementEntry,
  aggregateEntry,
  exemptionEntry,
  humanEntry,
  outEntry,
]);
export type RuleEntry = z.infer<typeof entrySchema>;
export type Template = RuleEntry['template'];
export type EntryOf<T extends Template> = Extract<RuleEntry, { template: T }>;

export const profileSchema = z.strictObject({
  city: z.string(),
  name: z.string(),
  /** derived by the check-digit rule, to be confirmed by the city */
  insurer_numbers: z.array(z.string().regex(/^\d{6}$/)).default([]),
  source: z.strictObject({ title: z.string(), published: z.string().optional(), url: z.string().optional() }),
  /** other documents an entry may cite by key */
  sources: z
    .record(z.string(), z.strictObject({ title: z.string(), url: z.string().optional() }))
    .default({}),
  in_force: z.strictObject({ from: day, to: day.optional() }),
  /** when somebody last compared this file with its source */
  checked_on: day,
  /** true: the source is a proposal or not yet decided */
  provisional: z.boolean().default(false),
  /** names of bodies and addressees as this city prints them */
  names: z.record(z.string(), z.string()).default({}),
  /** what the source leaves open and the city must fill in; null: not decided, so the desk asks a person */
  configuration: z
    .record(
      z.string(),
      z.strictObject({
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
        says: z.string(),
        place: z.string(),
      }),
    )
    .default({}),
  /** how an event read from the plan is called in this city's rules */
  event_reading: z
    .array(
      z.strictObject({ event: z.string(), when: conditionSchema, becomes: z.string(), place: z.string() }),
    )
    .default([]),
  rules: z.array(entrySchema),
});
export type ProfileFile = z.infer<typeof profileSchema>;
