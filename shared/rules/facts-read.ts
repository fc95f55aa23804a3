import { BOUNDARIES, type Condition, type Test } from './conditions.ts';
import type { RuleEntry } from './entry.ts';

/** Every fact a rule may read: those of its conditions and those its template always looks at. */
export function factsReadBy(rule: RuleEntry): string[] {
  const paths = conditionsOf(rule).flatMap((c) => {
    const { read, compared } = pathsOf(c);
    return [...read, ...compared];
  });
  return [...new Set([...paths, ...templateReads(rule)])];
}

/** What a template looks at whatever its entry says; the templates' own code is the other half of this list. */
function templateReads(rule: RuleEntry): string[] {
  switch (rule.template) {
    case 'category':
      return ['category', 'category_kind', 'declared_kind', 'provider_route', 'is_switch', 'notification'];
    case 'fee':
      return ['category', 'service_month', 'unit_price', ...configured(rule.yen)];
    case 'payer':
      return ['category', 'flags.claimed_payer', 'flags.claimant', ...configured(rule.payer)];
    case 'addon':
      return ['addons_claimed', 'reductions'];
    case 'documents':
      return ['documents'];
    case 'notification':
      return ['documents', 'notification', ...TODOKE.map((key) => `notification.${key}`)];
    case 'contract':
      return ['contracts', 'office_commissioned'];
    case 'deadline':
      return [rule.start, rule.done ?? [], configured(rule.day_of_next_month)].flat();
    case 'involvement':
      return rule.start ? [rule.start] : [];
    case 'monitoring':
      return MONITORING;
    case 'checklist_score':
      return ['checklist_answers'];
    case 'aggregate':
      return ['flags.cases'];
    case 'exemption':
      return ['cm_type'];
    default:
      return [];
  }
}

const TODOKE = ['kind', 'to', 'responsible', 'entrusted', 'attachments', 'signed'];
const MONITORING = [
  'monitoring',
  'monitoring.provider_report',
  'dates.service_start_month',
  'dates.checked_to',
  'dates.plan_to',
  'documents',
  'flags.video_consent_doc',
  'flags.video_agreed_items',
];

const configured = (value: unknown): string[] =>
  typeof value === 'string' && value.startsWith('config.') ? [value] : [];

export function conditionsOf(rule: RuleEntry): Condition[] {
  const all = [rule.when, rule.unless, rule.exempt?.when, 'require' in rule ? rule.require : undefined];
  return all.filter((c): c is Condition => c !== undefined);
}

/** Facts a condition reads, and those it only compares them with. */
export function pathsOf(condition: Condition): { read: string[]; compared: string[] } {
  const result = { read: [] as string[], compared: [] as string[] };
  for (const [path, test] of Object.entries(condition)) {
    if (path === 'any') {
      for (const part of (test as Condition[]).map(pathsOf)) {
        result.read.push(...part.read);
        result.compared.push(...part.compared);
      }
      continue;
    }
    result.read.push(path);
    if (typeof test !== 'object' || Array.isArray(test) || test === undefined) continue;
    const spec = test as Exclude<Test, string | number | boolean | unknown[]>;
    if (spec.same_as) result.read.push(spec.same_as);
    if (spec.months_before) result.read.push(spec.months_before.fact);
    const limits = [spec.before, spec.on_or_after, spec.on_or_before].filter((x) => x !== undefined);
    result.compared.push(...limits.filter((x) => !/^\d{4}-/.test(x) && !BOUNDARIES.has(x)));
  }
  return result;
}
