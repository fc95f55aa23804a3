import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CaseInput, caseSchema, decideCase } from '../shared/decision/decide-case.ts';
import { factsFromGiven } from '../shared/facts/given.ts';
import { cityKey } from '../shared/profiles/cities.ts';
import type { Condition, Test } from '../shared/rules/conditions.ts';
import { editionOn } from '../shared/rules/profile.ts';

/**
 * CPU of one decision with its whole explanation, compared with json-rules-engine (when it is installed). The engine only
 * finds which rules of the same edition hold: it derives no category, units, documents or deadlines, and has neither
 * missing facts nor citations.
 *
 *   node bench/deciding.ts [seconds, 15]       npm install --no-save json-rules-engine  for the comparison
 *
 * Cases are the worked cases of test/cases. CPU is user + system of the best round of all cases. Each engine runs for as many
 * seconds of CPU: the compiler of Node needs some five to settle, however many rounds go into them.
 */
const SECONDS = Number(process.argv[2] ?? 15);
const LEAST_ROUNDS = 3;
const GOAL = 20;

const folder = join(import.meta.dirname, '../test/cases');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    (parse(readFileSync(join(folder, file), 'utf8')) as object[]).map((worked) =>
      // Like a packet: under every rule of its city.
      caseSchema.parse({ ...worked, city: file.split(/[-.]/)[0], rules: undefined }),
    ),
  );

const ours = await best(async () => {
  for (const one of cases) decideCase(one);
});
const engine = await peer();
const theirs = engine && (await best(engine));

const row = (name: string, micros: number): string =>
  `  ${name.padEnd(52)} ${micros.toFixed(0).padStart(7)} µs a decision`;
console.log(`${cases.length} worked cases, every rule of the city and the nation`);
console.log(row('uketsuke, with explanation, units, documents, dates', ours));
if (theirs === null)
  console.log('  json-rules-engine is not installed: npm install --no-save json-rules-engine');
else {
  console.log(row('json-rules-engine, which rules hold', theirs));
  console.log(`\njson-rules-engine / uketsuke: ${(theirs / ours).toFixed(1)} ×   goal: at least ${GOAL} ×`);
}

/** Microseconds of CPU a case in the best round. */
async function best(round: () => Promise<void>): Promise<number> {
  let least = Infinity;
  let spent = 0;
  for (let rounds = 0; rounds < LEAST_ROUNDS || spent < SECONDS * 1e6; rounds++) {
    const before = process.cpuUsage();
    await round();
    const { user, system } = process.cpuUsage(before);
    spent += user + system;
    least = Math.min(least, (user + system) / cases.length);
  }
  return least;
}

interface Engine {
  addOperator(name: string, holds: (value: unknown, test: Test) => boolean): void;
  addRule(rule: object): void;
  run(facts: Record<string, unknown>): Promise<unknown>;
}

/** One engine for each edition, its conditions those of the profile, created before the measurement. */
async function peer(): Promise<(() => Promise<void>) | null> {
  // The compiler does not resolve this name: the package is no dependency of this project.
  const name = 'json-rules-engine';
  const module = (await import(name).catch(() => null)) as {
    Engine: new (rules: object[], options: object) => Engine;
  } | null;
  if (!module) return null;
  const engines = new Map<string, Engine>();
  const prepared = cases.map((one) => {
    const edition = editionOn(cityKey(one.city)!, monthOf(one));
    const existing = engines.get(edition.id);
    const engine = existing ?? new module.Engine([], { allowUndefinedFacts: true });
    if (!existing) {
      engine.addOperator('fits', fits);
      for (const rule of edition.rules)
        engine.addRule({
          conditions: { all: conditionsOf(rule.when ?? {}) },
          event: { type: rule.id, params: { place: rule.citation.place } },
        });
      engines.set(edition.id, engine);
    }
    const facts = Object.fromEntries(
      [...factsFromGiven(one.given)].map(([path, fact]) => [path, fact.value]),
    );
    return { engine, facts };
  });
  return async () => {
    for (const { engine, facts } of prepared) await engine.run(facts);
  };
}

function monthOf({ given }: CaseInput): string | undefined {
  return factsFromGiven(given).get('service_month')?.value as string | undefined;
}

function conditionsOf(condition: Condition): object[] {
  return Object.entries(condition).map(([path, test]) =>
    path === 'any'
      ? { any: (test as Condition[]).map((one) => ({ all: conditionsOf(one) })) }
      : { fact: path, operator: 'fits', value: test },
  );
}

/** The most frequent tests of a profile; rarer ones count as true, which costs the engine less. */
function fits(value: unknown, test: Test): boolean {
  if (Array.isArray(test)) return (test as unknown[]).includes(value);
  if (typeof test !== 'object') return value === test;
  if (value === undefined) return test.unknown ?? false;
  const list = [value].flat();
  if (test.is !== undefined) return test.is === value;
  if (test.not) return !(test.not as unknown[]).includes(value);
  if (test.includes) return test.includes.every((one) => list.includes(one));
  return true;
}
