import type { Fact, FactSheet } from '../../facts/fact.ts';
import { cityConfig, type RuleBook } from '../rule.ts';

/** What the city has settled where its source is silent: conditions read it as `config.<key>`. */
export function putConfiguration(facts: FactSheet, edition: RuleBook): void {
  const settled = factsOf.get(edition) ?? settledFacts(edition);
  factsOf.set(edition, settled);
  for (const fact of settled) facts.set(fact.path, fact);
}

/** The same in every decision under an edition. */
const factsOf = new WeakMap<RuleBook, Fact[]>();

const settledFacts = (edition: RuleBook): Fact[] =>
  Object.entries(edition.configuration).flatMap(([key, { summary, place }]) => {
    const value = cityConfig(edition, key);
    if (value === undefined) return [];
    const reason = `${edition.name}の設定（${place}）: ${summary}`;
    return Object.freeze<Fact>({ path: `config.${key}`, state: 'known', value, evidence: [], reason });
  });
