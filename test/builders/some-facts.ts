import type { Fact, ReadonlyFacts } from '../../shared/facts/fact.ts';
import { factsFromGiven } from '../../shared/facts/given.ts';
import type { Identity } from '../../shared/facts/identify.ts';

/** Facts as the cover gives them. */
export const coverFacts = (given: Parameters<typeof factsFromGiven>[0] = {}): ReadonlyFacts =>
  factsFromGiven(given, 'cover');

/** One fact without evidence, with state `known` by default. */
export const aFact = (path: string, value: unknown, over: Partial<Fact> = {}): Fact => ({
  path,
  state: 'known',
  value,
  evidence: [],
  ...over,
});

export const factSheet = (...facts: Fact[]): ReadonlyFacts => new Map(facts.map((fact) => [fact.path, fact]));

/** A person of no city, sent by no known office, in the month given. */
export const anIdentity = (over: Partial<Identity> = {}, month: string | null = null): Identity => ({
  city: null,
  registry: null,
  insurer_number: null,
  residence: null,
  insured_number: null,
  name: null,
  office_number: null,
  office: null,
  is_center: false,
  area: null,
  center_number: null,
  lives_in: null,
  month: { shown: month ? aFact('service_month', month) : null, value: month },
  ...over,
});
