import type { Judged } from '../../rules/judge-rules.ts';

export interface Documents {
  required: string[];
  optional: string[];
  missing: string[];
}

/**
 * The documents the evaluated rules ask for. Of a set any of whose rules is evaluated every rule counts, so that a
 * what-if on one rule of a set shows the whole set.
 */
export function foldDocuments(judged: Judged[]): Documents {
  const asking = judged.filter(({ rule, result }) => rule.document_set || result.contributes.documents);
  const sets = new Set(asking.filter(isOpen).map(({ rule }) => rule.document_set));
  const asked = asking
    .filter(({ rule, isEvaluated }) => (rule.document_set ? sets.has(rule.document_set) : isEvaluated))
    .flatMap(({ result }) => result.contributes.documents ?? []);
  const required = new Set(asked.flatMap((documents) => documents.required));
  const optional = new Set(asked.flatMap((documents) => documents.optional));
  return {
    required: [...required],
    optional: [...optional.difference(required)],
    missing: [...new Set(asked.flatMap((documents) => documents.missing))],
  };
}

/** Evaluated, and its conditions hold or could hold. */
const isOpen = ({ isEvaluated, result }: Judged): boolean =>
  isEvaluated && result.status !== 'not_applicable';
