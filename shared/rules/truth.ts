import type { ReadonlyFacts } from '../facts/fact.ts';

/**
 * Whether a condition holds, and by which facts. One object for each answer a condition can give, never changed. Its lists
 * are read-only by their type: the engine copies a frozen list member by member.
 */
export interface Truth {
  /** null: cannot tell */
  truth: boolean | null;
  /** facts that decided it, each once */
  used: readonly string[];
  /** missing facts that would decide it, each once; empty where it is decided */
  needs: readonly string[];
}

export const truthOf = (truth: Truth['truth'], used: readonly string[], needs: readonly string[]): Truth =>
  Object.freeze({ truth, used: distinct(used), needs: distinct(needs) });

const distinct = (paths: readonly string[]): readonly string[] => [...new Set(paths)];

/** A compiled condition. Conditions that read alike are one, in however many rules they are written. */
export interface Evaluator {
  evaluate: Evaluate;
  /** the last `KeptAnswers` that asked, by its number, and the answer it got */
  askedBy: number;
  answer: Truth | undefined;
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
  const evaluator: Evaluator = { evaluate: compile(), askedBy: 0, answer: undefined };
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

/**
 * Answers on facts that do not change any more: each is evaluated once. The answer stays with the evaluator until another
 * set of facts asks it: a decision makes no list of the thousand conditions there are.
 */
export class KeptAnswers implements Answers {
  readonly facts: ReadonlyFacts;
  static #count = 0;
  readonly #number = ++KeptAnswers.#count;

  constructor(facts: ReadonlyFacts) {
    this.facts = facts;
  }

  of(evaluator: Evaluator): Truth {
    if (evaluator.askedBy === this.#number) return evaluator.answer!;
    const truth = evaluator.evaluate(this);
    evaluator.askedBy = this.#number;
    evaluator.answer = truth;
    return truth;
  }

  /** Evaluates again what names this fact: it was put after some conditions were answered. */
  forget(path: string): void {
    for (const evaluator of evaluatorsNaming(path)) evaluator.askedBy = 0;
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
  /** the answers the next part gave so far, and the branch of each: most are two or three, faster than a map */
  answers: Truth[];
  after: Branch[];
  truth: Truth | undefined;
}

const branchOf = (parts: Truth[]): Branch => ({ parts, answers: [], after: [], truth: undefined });

/** The combinations of truths that occurred, and what each makes together. */
export class TruthTree {
  readonly root = branchOf([]);
  #branches = 0;
  readonly #join: (truths: Truth[]) => Truth;

  constructor(join: (truths: Truth[]) => Truth) {
    this.#join = join;
  }

  next(branch: Branch, truth: Truth): Branch {
    const { answers } = branch;
    for (let i = 0; i < answers.length; i++) if (answers[i] === truth) return branch.after[i]!;
    const next = branchOf([...branch.parts, truth]);
    // Beyond the bound a truth is made and not kept.
    if (this.#branches++ < MOST_BRANCHES) {
      answers.push(truth);
      branch.after.push(next);
    }
    return next;
  }

  truthAt(branch: Branch): Truth {
    branch.truth ??= this.#join(branch.parts);
    return branch.truth;
  }
}

/** Real packets make a few dozen in a condition. */
const MOST_BRANCHES = 1000;
