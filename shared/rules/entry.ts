import { z } from 'zod';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../vocabulary/document-kinds.ts';
import { conditionSchema } from './conditions.ts';

/**
 * The shape of one rule in a profile. `template` names the one of sixteen templates that reads it.
 * Everything an officer edits is here; shared/rules/templates/ holds what the templates do with it.
 */
const ruleId = z
  .string()
  .regex(/^(IWK|MIT|OKY|NOB|KMM|NAT|[A-Z]{3})-[A-Z]?\d{2,3}$/, '規則番号の形が違います（例 MIT-R10）');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日付は YYYY-MM-DD で書きます');
const documentKey = z.enum(Object.keys(DOCUMENT_KINDS) as [DocumentKind, ...DocumentKind[]], {
  error: '知らない書類の種類です（documents/document-kinds.ts）',
});
const code = z.enum(Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]], {
  error: '知らない指摘コードです（findings/finding-codes.ts）',
});
const severity = z.enum(['error', 'warn', 'review', 'info']);
const periodSchema = z.strictObject({
  days: z.number().int().optional(),
  weeks: z.number().int().optional(),
  months: z.number().int().optional(),
  years: z.number().int().optional(),
});

/** Named where the city must supply the value: a key of its configuration. */
const configured = z.string().regex(/^config\.\w+$/, '市の設定は config.名前 と書きます');

/** What the office is told when the rule is violated. `{…}` in the sentences is filled by the template. */
export const violationSchema = z.strictObject({
  code: code.describe('指摘コード（docs/finding-codes.md）'),
  severity: severity.describe('error 返戻 / warn 注意 / review 要確認 / info お知らせ'),
  message: z.string().min(1).describe('事業所に伝える、何がどう違うか'),
  remedy: z.string().min(1).describe('事業所に伝える、直し方'),
});
export type Violation = z.infer<typeof violationSchema>;

const base = {
  id: ruleId,
  also: z.array(ruleId).default([]).describe('この項目が併せて判断する規則の番号'),
  part: z.string().optional().describe('一つの規則を分けて書くときの呼び名'),
  place: z.string().min(1).describe('出典の中の場所（条・項・号、問の番号、見出し）。なければ読み込まない'),
  source: z.string().optional().describe('この市の資料でない出典（sources の名）'),
  summary: z.string().min(1).describe('規則を一文で'),
  from: day.optional().describe('適用の初日。なければ in_force の日。サービス提供月で選ぶ'),
  to: day.optional().describe('適用の末日'),
  grade: z
    .enum(['S', 'A', 'B', 'C', 'calc', 'unconfirmed'])
    .optional()
    .describe('裏づけの確かさ S 五つの資料 / A 公的 / B 業界紙等 / C 公開プログラム / unconfirmed 未確認'),
  when: conditionSchema.optional().describe('この規則が当てはまる条件。事実が足りなければ判断しない'),
  unless: conditionSchema.optional().describe('当てはまらない場合'),
  checklist: z.string().optional().describe('審査する人が確かめること'),
  note: z.string().optional().describe('手引きに載せる補足'),
  lists: z.array(documentKey).default([]).describe('有無の指摘はせず、必要書類として挙げるだけの書類'),
  set: z.string().optional().describe('書類のまとまりの名。同じ名の不足は一つの指摘になる'),
  /** a set that asks for these documents as well: what it reports missing is not said again */
  covered_by: z.string().optional(),
  /** rules of a city that say the same more exactly; this one steps back where they exist */
  superseded_by: z.array(ruleId).default([]),
  /** the same said from the city's side, so that a new city needs no change of the national file */
  replaces: z.array(ruleId).default([]).describe('この規則があるとき使わない全国の規則（NAT-…）'),
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
  violation: violationSchema.optional(),
});
export const permissionEntry = entry('permission', {});
export const requirementEntry = entry('requirement', {
  require: conditionSchema,
  violation: violationSchema,
  forbids: z.boolean().default(false),
});
export const alertEntry = entry('alert', { violation: violationSchema, forbids: z.boolean().default(false) });
export const feeEntry = entry('fee', {
  category: z.array(z.string()),
  units: z.number().optional(),
  /** what is paid in yen where no units are: an amount the city supplies */
  yen: z.union([z.number(), configured]).optional(),
  /** part of the fee an office gets for commissioned work; never a claim */
  share: z.number().optional(),
  unit: z.literal('単位').default('単位'),
});
export const payerEntry = entry('payer', {
  category: z.array(z.string()),
  /** a body; or the key of the city's configuration that names one, open until then */
  payer: z.string(),
  claimant: z.string().nullable(),
  violation: violationSchema.optional(),
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
  violation: violationSchema.optional(),
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
        .strictObject({ document: documentKey, rule: ruleId.optional(), ...violationSchema.shape })
        .optional(),
    }),
  ),
  violation: violationSchema,
});
export const notificationEntry = entry('notification', {
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
  violation: z.array(violationSchema).default([]),
});
export const contractEntry = entry('contract', {
  parties: z.array(z.string()).default([]),
  /** parties one contract must join; nothing is checked where absent */
  check: z.array(z.string()).optional(),
  new_contract: z.boolean().optional(),
  violation: violationSchema.optional(),
});
export const deadlineEntry = entry('deadline', {
  what: z.string(),
  /** fact the period starts with; of several, the first that is known */
  start: z.union([z.string(), z.array(z.string()).min(1)]),
  period: periodSchema.optional(),
  /** counted back from the start: at the latest this long before */
  before: periodSchema.optional(),
  /** day of the month after the start's month */
  day_of_next_month: z.union([z.number().int(), configured]).optional(),
  /** the end of the start's own month, or of the month so many months later */
  month_end: z.union([z.literal(true), z.number().int()]).optional(),
  /** fact that ends it */
  done: z.string().optional(),
  /** whether the source says how the first day is counted */
  first_day: z.enum(['unstated', 'excluded', 'included']).default('excluded'),
  unit: z.string().default('日'),
  violation: violationSchema.optional(),
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
  violation: violationSchema,
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
  violation: violationSchema,
});
export const involvementEntry = entry('involvement', {
  reason: z.string(),
  start: z.string().optional(),
  period: periodSchema.optional(),
  unit: z.string().default('日'),
});
/** A rule that switches others off (they name it in `exempt`); says so once. */
export const exemptionEntry = entry('exemption', { violation: violationSchema });
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
  notificationEntry,
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
  source: z.strictObject({ title: z.string(), published: z.string().optional(), url: z.string().optional() }),
  /** other documents an entry may cite by key */
  sources: z
    .record(z.string(), z.strictObject({ title: z.string(), url: z.string().optional() }))
    .default({}),
  in_force: z.strictObject({ from: day, to: day.optional() }),
  /** when somebody last compared this file with its source */
  checked_on: day,
  /** true: the source is a proposal, or the city has not confirmed this reading of it */
  provisional: z.boolean().default(false),
  /** what this city's sentences call a body or a value, where it differs from bodies.yaml and value-names.yaml */
  names: z.record(z.string(), z.string()).default({}),
  /** what the source leaves open and the city must fill in; null: not decided, so the desk asks a person */
  configuration: z
    .record(
      z.string(),
      z.strictObject({
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
        summary: z.string(),
        place: z.string(),
        /** who settles it, and where, when no rule reads the value */
        by: z.string().optional(),
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
