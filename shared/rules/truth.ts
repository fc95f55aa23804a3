import type { ReadonlyFacts } from '../facts/fact.ts';

/** Whether a condition holds, and by which facts. One object for each answer a condition can give, never changed. */
export interface Truth {
  /** null: cannot tell */
  truth: boolean | null;
  /** facts that decided it, each once */
  used: string[];
  /** missing facts that would decide it, each once; empty where it is decided */
  needs: string[];
}

export const truthOf = (truth: Truth['truth'], used: string[], needs: string[]): Truth =>
  Object.freeze({ truth, used: distinct(used), needs: distinct(needs) });

const distinct = (paths: string[]): string[] => Object.freeze([...new Set(paths)]) as string[];

/** A compiled condition. Conditions that read alike are one, in however many rules they are written. */
export interface Evaluator {
  /** counts the evaluators from 0 */
  id: number;
  evaluate: Evaluate;
}

/** Gives the same object for the same answer, so that what follows from it can be kept. */
export type Evaluate = (answers: Answers) => Truth;

/** The answers of conditions on one fact sheet. */
interface Answers {
  facts: ReadonlyFacts;
  of(evaluator: Evaluator): Truth;
}

const evaluators = new Map<string, Evaluator>();

/**
 * The evaluator of what is written.
 * @param compile called where nothing that reads alike was compiled before
 */
export function evaluatorFor(written: unknown, compile: () => Evaluate): Evaluator {
  const key = JSON.stringify(written);
  const existing = evaluators.get(key);
  if (existing) return existing;
  const evaluate = compile();
  const evaluator = { id: evaluators.size, evaluate };
  evaluators.set(key, evaluator);
  return evaluator;
}

const naming = new Map<string, { among: number; found: Evaluator[] }>();

function evaluatorsNaming(path: string): Evaluator[] {
  const existing = naming.get(path);
  if (existing?.among === evaluators.size) return existing.found;
  const name = JSON.stringify(path);
  const found = [...evaluators].flatMap(([written, evaluator]) => (written.includes(name) ? evaluator : []));
  naming.set(path, { among: evaluators.size, found });
  return found;
}

/** Answers on facts that may still change: each is evaluated anew. */
export class FreshAnswers implements Answers {
  readonly facts: ReadonlyFacts;

  constructor(facts: ReadonlyFacts) {
    this.facts = facts;
  }

  of(evaluator: Evaluator): Truth {
    return evaluator.evaluate(this);
  }
}

/** Answers on facts that do not change any more: each is evaluated once. */
export class KeptAnswers implements Answers {
  readonly facts: ReadonlyFacts;
  readonly #truths: (Truth | undefined)[] = new Array(evaluators.size);

  constructor(facts: ReadonlyFacts) {
    this.facts = facts;
  }

  of(evaluator: Evaluator): Truth {
    const existing = this.#truths[evaluator.id];
    if (existing) return existing;
    const truth = evaluator.evaluate(this);
    this.#truths[evaluator.id] = truth;
    return truth;
  }

  /** Evaluates again what names this fact: it was put after some conditions were answered. */
  forget(path: string): void {
    for (const { id } of evaluatorsNaming(path)) this.#truths[id] = undefined;
  }
}

/**
 * A condition of several parts. Its answer is made once for each combination of theirs that occurs: a decision follows
 * the branches and makes nothing.
 */
export function combine(parts: Evaluator[], join: (truths: Truth[]) => Truth): Evaluate {
  const tree = new TruthTree(join);
  return (answers) => {
    let branch = tree.root;
    for (const part of parts) branch = tree.next(branch, answers.of(part));
    return tree.truthAt(branch);
  };
}

/** The truths of the parts so far. */
interface Branch {
  parts: Truth[];
  /** most branch into two or three: a list is faster than a map */
  after: { truth: Truth; branch: Branch }[];
  truth: Truth | undefined;
}

/** The combinations of truths that occurred, and what each makes together. */
export class TruthTree {
  readonly root: Branch = { parts: [], after: [], truth: undefined };
  #branches = 0;
  readonly #join: (truths: Truth[]) => Truth;

  constructor(join: (truths: Truth[]) => Truth) {
    this.#join = join;
  }

  next(branch: Branch, truth: Truth): Branch {
    for (const way of branch.after) if (way.truth === truth) return way.branch;
    const next: Branch = { parts: [...branch.parts, truth], after: [], truth: undefined };
    // Beyond the bound a truth is made and not kept.
    if (this.#branches++ < MOST_BRANCHES) branch.after.push({ truth, branch: next });
    return next;
  }

  truthAt(branch: Branch): Truth {
    branch.truth ??= this.#join(branch.parts);
    return branch.truth;
  }
}

/** Real packets make a few dozen in a condition. */
const MOST_BRANCHES = 1000;
