import { readByConditions } from '../condition-facts.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import type { RuleOf } from '../rule.ts';
import { findingOf, holds, isExempt, nameOfFact, type RuleContext, valuesOf } from '../rule-context.ts';
import { satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('exemption', { violation: violationSchema });

/** A rule that switches others off: they name it in `exempt_by`. It gives one notice. */
export const exemption: RuleTemplate<typeof entry> = {
  name: 'exemption',
  entry,
  reads: () => [],
  fills: (rule) => readByConditions(rule).map(nameOfFact),
  raises: (rule) => [rule.violation],
  judge(rule, context, used) {
    const about = readByConditions({ when: rule.when });
    const notice = violated(about, [
      findingOf(rule, rule.violation, context, about, valuesOf(about, context)),
    ]);
    if (context.edition.rules.some((other) => isSwitchedOff(other, rule, context))) return notice;
    return { ...satisfied(used), ...(context.isWhatIf && { whenNotReturned: notice }) };
  },
};

const isSwitchedOff = (other: RuleOf, by: RuleOf, context: RuleContext): boolean =>
  other.exempt_by?.rule === by.id &&
  context.isEvaluated(other) &&
  holds(other, context).truth === true &&
  isExempt(other, context);
