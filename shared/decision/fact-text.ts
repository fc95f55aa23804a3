import { valueText } from '../facts/compare/value-text.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import type { ExplainedFact } from './verdict.ts';

/** The value of a fact as a clerk reads it; null where it is not known. */
export function factText(fact: ExplainedFact | undefined): string | null {
  if (!fact || fact.state === 'missing' || fact.value === null) return null;
  if (fact.path === 'documents' && Array.isArray(fact.value)) return fact.value.map(documentTitle).join('、');
  return valueText(fact.value) ?? listText(fact.value);
}

/** Services, contracts and months: the names of their members, else how many there are. */
function listText(value: unknown): string {
  const all = Array.isArray(value) ? value : [value];
  const names = all.flatMap((one) => (isNamed(one) ? [one.name] : []));
  return names.length === all.length ? [...new Set(names)].join('、') : `${all.length}件`;
}

const isNamed = (one: unknown): one is { name: string } =>
  typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string';

/** The values of all facts, by path. */
export const factTexts = (facts: readonly ExplainedFact[]): Record<string, string> =>
  Object.fromEntries(
    facts.flatMap((fact) => {
      const text = factText(fact);
      return text === null ? [] : [[fact.path, text]];
    }),
  );
