import type { Given } from '../../shared/cover-sheet/given-facts.ts';
import { factValue } from '../../shared/facts/fact.ts';
import { factsFromGiven } from '../../shared/facts/given.ts';
import { entrySchema } from '../../shared/rules/entry.ts';
import { type Judged, judgeRules } from '../../shared/rules/judge-rules.ts';
import type { ProfileHeader } from '../../shared/rules/profile-header.ts';
import type { RuleBook, RuleOf } from '../../shared/rules/rule.ts';
import type { RuleResult } from '../../shared/rules/rule-result.ts';
import { KeptAnswers } from '../../shared/rules/truth.ts';
import type { Category } from '../../shared/vocabulary/category.ts';

export type Fields = { template: string } & Record<string, unknown>;
interface Month extends Given {
  category?: Category;
  category_kind?: string;
  declared_kind?: string;
  is_switch?: boolean;
}
interface Options {
  configuration?: ProfileHeader['configuration'];
  names?: Record<string, string>;
  /** ids a what-if names */
  rules?: string[];
}

/** A finding whose text a test does not check. */
export const VIOLATION = {
  code: 'F_DOC_MISSING',
  severity: 'error',
  message: '{missing}がありません。',
  remedy: '出してください。',
};

/** Judges one made-up entry; the fields every entry has are filled in. */
export const judgeEntry = (entry: Fields, given: Month, options?: Options): RuleResult =>
  judgeEntries([entry], given, options)[0]!.result;

/** Judges made-up entries of one edition, in their order. */
export function judgeEntries(entries: Fields[], given: Month, options: Options = {}): Judged[] {
  const rules = entries.map(ruleOf);
  const edition: RuleBook = {
    city: 'mihon',
    name: '見本市',
    id: 'mihon@2024-04-01',
    provisional: false,
    rules,
    names: options.names ?? {},
    configuration: options.configuration ?? {},
    routeReading: [],
  };
  const facts = factsFromGiven(given);
  const named = options.rules && new Set(options.rules);
  return judgeRules(rules, {
    facts,
    documents: new Set(given.documents ?? []),
    edition,
    month: factValue<string>(facts, 'service_month'),
    category: given.category ?? null,
    isWhatIf: named !== undefined,
    isEvaluated: (rule) => !named || named.has(rule.id),
    answers: new KeptAnswers(facts),
    computed: new Map(),
  });
}

function ruleOf(fields: Fields, index: number): RuleOf {
  const id = `XYZ-R${String(index + 1).padStart(2, '0')}`;
  const entry = { id, place: `第${index + 1}条`, summary: '規則', ...fields };
  return {
    ...entrySchema.parse(entry),
    from: '2024-04-01',
    citation: { title: '見本市の要綱', place: entry.place },
    edition: 'mihon@2024-04-01',
    provisional: false,
    scope: 'city',
  };
}
