import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import type { FindingCode } from '../../findings/finding-codes.ts';
import { findingOf, type RuleContext, type RuleOf } from '../rule-context.ts';

export interface Notification {
  required: boolean;
  form: string | null;
  kind: string | null;
  to: string | null;
  attachments: string[];
  findings: Finding[];
  missing: string[];
  violated: Set<string>;
  due: RuleOf<'notification'>[];
}

/**
 * The 届出 of the month: whether one is due, where it goes and what it must say.
 * All entries that hold describe one 届出; findings come only from the entries that are evaluated.
 */
export function todoke(context: RuleContext): Notification {
  const due = context.edition.rules.filter(
    (r): r is RuleOf<'notification'> => r.template === 'notification' && context.holds(r).truth === true,
  );
  const last = <K extends 'addressee' | 'kind'>(key: K): string | null =>
    due
      .map((r) => r[key])
      .filter(Boolean)
      .at(-1) ?? null;
  const to = last('addressee');
  const result: Notification = {
    required: due.length > 0,
    form: due.flatMap((r) => r.form.slice(0, 1))[0] ?? null,
    kind: last('kind'),
    to: to && (context.edition.names[to] ?? to),
    attachments: [...new Set(due.flatMap((r) => r.attachments))],
    findings: [],
    missing: [],
    violated: new Set(),
    due,
  };
  const judged = due.filter((r) => r.enforce && context.isEvaluated(r));
  const say = (
    rule: RuleOf<'notification'>,
    code: FindingCode,
    about: string,
    values: Record<string, string> = {},
  ): boolean => {
    const violation = rule.violation.find((b) => b.code === code);
    if (!violation) return false;
    result.violated.add(rule.id);
    const finding = findingOf(rule, violation, context, [about], values);
    // One 届出, one finding of each kind: two rules that ask for the same thing speak once. Signatures differ by text.
    const already = result.findings.find(
      (f) => f.code === code && (code !== 'F_SIGNATURE' || f.message === finding.message),
    );
    if (already) {
      already.rules = [...new Set([...already.rules, ...finding.rules])];
      return false;
    }
    result.findings.push(finding);
    return true;
  };
  for (const rule of judged) judge(rule, context, result, say);
  return result;
}

function judge(
  rule: RuleOf<'notification'>,
  context: RuleContext,
  result: Notification,
  say: (
    rule: RuleOf<'notification'>,
    code: FindingCode,
    about: string,
    values?: Record<string, string>,
  ) => boolean,
): void {
  const { facts, documents, edition } = context;
  const nameOf = (key: string | undefined): string => (key ? (edition.names[key] ?? key) : '');
  if (!facts.has('notification') && !documents.has(rule.document)) {
    say(rule, 'F_TODOKE_MISSING', 'documents', { to: nameOf(rule.addressee), form: rule.form[0] ?? '' });
    return;
  }
  const said = <T>(key: string): T | undefined => factValue<T>(facts, `notification.${key}`);
  const differs = (key: 'kind' | 'to' | 'responsible' | 'entrusted', wanted: string | undefined): boolean => {
    const written = said<string>(key);
    return wanted !== undefined && written !== undefined && written !== wanted;
  };
  const values = { to: nameOf(rule.addressee), written: nameOf(said<string>('to')), kind: rule.kind ?? '' };
  if (differs('kind', rule.kind)) say(rule, 'F_TODOKE_KIND', 'notification.kind', values);
  if (differs('to', rule.addressee)) say(rule, 'F_TODOKE_DEST', 'notification.to', values);
  if (differs('responsible', rule.responsible) || differs('entrusted', rule.entrusted))
    say(rule, 'F_TODOKE_BODY', 'notification.responsible', values);
  if (rule.signed && said<boolean>('signed') === false)
    say(rule, 'F_SIGNATURE', 'notification.signed', values);
  const attached = new Set([...(said<string[]>('attachments') ?? []), ...documents]);
  const absent = rule.attachments.filter((a) => !attached.has(a));
  if (absent.length > 0 && say(rule, 'F_DOC_MISSING', 'notification.attachments', values)) {
    result.findings.at(-1)!.documents = absent;
    result.missing.push(...absent);
  }
}
