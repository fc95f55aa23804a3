import type { FactSheet } from '../../facts/fact.ts';
import { cityConfig, type RuleBook } from '../rule.ts';

/** What the city has settled where its source is silent: conditions read it as `config.<key>`. */
export function putConfiguration(facts: FactSheet, edition: RuleBook): void {
  for (const [key, { summary, place }] of Object.entries(edition.configuration)) {
    const value = cityConfig(edition, key);
    if (value === undefined) continue;
    const path = `config.${key}`;
    const reason = `${edition.name}の設定（${place}）: ${summary}`;
    facts.set(path, { path, state: 'known', value, evidence: [], reason });
  }
}
