import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import type { FindingCode } from '../../findings/finding-codes.ts';
import { nameKey } from '../../text/normalise.ts';
import { ownValue } from '../../text/own-value.ts';
import type { FiledNotification } from '../../vocabulary/filed-notification.ts';
import { documentKey, entryOf, violationSchema } from '../entry-base.ts';
import type { RuleOf } from '../rule.ts';
import { findingOf, type RuleContext } from '../rule-context.ts';
import { satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('notification', {
  form: z.array(z.string()).default([]).describe('届出書の名称'),
  document: documentKey.default('kaigo_yobo_todoke'),
  addressee: z.string().optional().describe('提出先（names の名）'),
  kind: z.string().optional().describe('新規・変更の別'),
  responsible: z.string().optional().describe('担当事業所'),
  entrusted: z.string().optional().describe('受託事業所'),
  attachments: z.array(z.string()).default([]),
  signed: z.boolean().default(false),
  enforce: z.boolean().default(true).describe('false 届出は要るが、中身は資料にないため確かめない'),
  other_form: violationSchema
    .optional()
    .describe('届いた届出書の名称が form のどれでもないときの指摘。なければ名称を確かめない'),
  violation: z.array(violationSchema).default([]),
});
type Notification = RuleOf<z.output<typeof entry>>;

/**
 * A 届出 of the month: where it goes and what it must say. All rules that hold describe one 届出. Where several arrived, a
 * rule judges the one that fits it best.
 */
export const notification: RuleTemplate<typeof entry> = {
  name: 'notification',
  entry,
  reads: () => [
    'documents',
    'notification',
    'notifications',
    ...FIELDS.map((field) => `notification.${field}`),
  ],
  fills: () => ['to', 'form', 'written', 'kind'],
  raises: (rule) => [...rule.violation, ...(rule.other_form ? [rule.other_form] : [])],
  judge(rule, context, used) {
    const contributes = {
      notification: {
        ...(rule.form[0] && { form: rule.form[0] }),
        ...(rule.kind && { kind: rule.kind }),
        ...(rule.addressee && { to: nameOf(rule.addressee, context) }),
        attachments: rule.attachments,
      },
    };
    const findings = rule.enforce ? findingsOf(rule, context) : [];
    return findings.length > 0 ? violated(used, findings, contributes) : satisfied(used, contributes);
  },
};

const FIELDS = ['kind', 'to', 'responsible', 'entrusted', 'attachments', 'signed'] as const;
type Field = (typeof FIELDS)[number];

function findingsOf(rule: Notification, context: RuleContext): Finding[] {
  const { facts, documents } = context;
  const isFiled = facts.has('notification') || facts.has('notifications') || documents.has(rule.document);
  if (!isFiled) {
    const values = { to: nameOf(rule.addressee, context), form: rule.form[0] ?? '' };
    return report(rule, context, 'F_TODOKE_MISSING', 'documents', values);
  }
  const [first, ...others] = filedOnes(facts).map((written) => faultsOf(rule, context, written));
  return others.reduce((best, one) => (one.length < best.length ? one : best), first ?? []);
}

/** What one 届出 says in a field; undefined where it does not say. */
type Written = <T>(field: Field | 'form') => T | undefined;

/** The 届出 of the month, or each of several. What no paper says, the cover may. */
function filedOnes(facts: RuleContext['facts']): Written[] {
  const stated: Written = (field) => factValue(facts, `notification.${field}`);
  const several = factValue<FiledNotification[]>(facts, 'notifications') ?? [];
  if (several.length === 0) return [stated];
  return several.map((one) => (field) => {
    const isOpen = several.every((other) => (other[field] ?? null) === null);
    return (isOpen ? stated(field) : (one[field] ?? undefined)) as never;
  });
}

/** Each fault of one 届出 the entry has a sentence for. */
function faultsOf(rule: Notification, context: RuleContext, written: Written): Finding[] {
  const { documents } = context;
  const other = otherForm(rule, context, written);
  if (other) return [other];
  const differs = (field: Field, wanted: string | undefined): boolean =>
    wanted !== undefined && written(field) !== undefined && written(field) !== wanted;
  const values = {
    to: nameOf(rule.addressee, context),
    written: nameOf(written<string>('to'), context),
    kind: rule.kind ?? '',
  };
  const fault = (isFault: boolean, code: FindingCode, field: Field): Finding[] =>
    isFault ? report(rule, context, code, `notification.${field}`, values) : [];
  const isOtherBody = differs('responsible', rule.responsible) || differs('entrusted', rule.entrusted);
  const attached = new Set([...(written<string[]>('attachments') ?? []), ...documents]);
  const absent = rule.attachments.filter((a) => !attached.has(a));
  return [
    ...fault(differs('kind', rule.kind), 'F_TODOKE_KIND', 'kind'),
    ...fault(differs('to', rule.addressee), 'F_TODOKE_DEST', 'to'),
    ...fault(isOtherBody, 'F_TODOKE_BODY', 'responsible'),
    ...fault(rule.signed && written('signed') === false, 'F_SIGNATURE', 'signed'),
    ...fault(absent.length > 0, 'F_DOC_MISSING', 'attachments').map((f) => ({ ...f, documents: absent })),
  ];
}

/** A 届出 of another title is not the one the rule asks for; what else is written on it does not matter. */
function otherForm(rule: Notification, context: RuleContext, written: Written): Finding | undefined {
  const form = written<string>('form');
  if (!rule.other_form || form === undefined) return undefined;
  if (rule.form.some((title) => formKey(title) === formKey(form))) return undefined;
  const values = { form, to: nameOf(rule.addressee, context) };
  return findingOf(rule, rule.other_form, context, ['notification.form'], values);
}

/** Two prints of one title have the same key: the name of the city before it, 「（変更）」 and the ending do not count. */
const formKey = (title: string): string =>
  nameKey(title)
    .replace(/^.{1,6}?[市区町村](?!町村)/, '')
    .replace(/\((新規・?)?変更\)/, '')
    .replace(/届(出?書)?$/, '');

function report(
  rule: Notification,
  context: RuleContext,
  code: FindingCode,
  about: string,
  values: Record<string, string>,
): Finding[] {
  const violation = rule.violation.find((v) => v.code === code);
  return violation ? [findingOf(rule, violation, context, [about], values)] : [];
}

/** A body as the city prints it; empty where none is named. */
const nameOf = (key: string | undefined, { edition }: RuleContext): string =>
  key ? (ownValue(edition.names, key) ?? key) : '';
