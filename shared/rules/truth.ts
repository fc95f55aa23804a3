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

/** A compiled condition. Gives the same object for the same answer, so that what follows from it can be kept. */
export type Evaluator = (facts: ReadonlyFacts) => Truth;

export const truthOf = (truth: Truth['truth'], used: string[], needs: string[]): Truth =>
  Object.freeze({ truth, used: distinct(used), needs: distinct(needs) });

const distinct = (paths: string[]): string[] => Object.freeze([...new Set(paths)]) as string[];

/**
 * A condition of several parts. Its answer is made once for each combination of theirs that occurs: a decision follows
 * the branches and makes nothing.
 */
export function combine(parts: Evaluator[], join: (answers: Truth[]) => Truth): Evaluator {
  const answers = new AnswerTree(join);
  return (facts) => {
    let branch = answers.root;
    for (const part of parts) branch = answers.next(branch, part(facts));
    return answers.of(branch);
  };
}

/** The answers of the parts so far. */
interface Branch {
  parts: Truth[];
  after: Map<Truth, Branch>;
  answer: Truth | undefined;
}

/** The combinations of answers that occurred, and what each makes together. */
export class AnswerTree {
  readonly root: Branch = { parts: [], after: new Map(), answer: undefined };
  #branches = 0;
  readonly #join: (answers: Truth[]) => Truth;

  constructor(join: (answers: Truth[]) => Truth) {
    this.#join = join;
  }

  next(branch: Branch, answer: Truth): Branch {
    const existing = branch.after.get(answer);
    if (existing) return existing;
    const next: Branch = { parts: [...branch.parts, answer], after: new Map(), answer: undefined };
    // Real packets make a few dozen; beyond the bound an answer is made and not kept.
    if (this.#branches++ < MOST_BRANCHES) branch.after.set(answer, next);
    return next;
  }

  of(branch: Branch): Truth {
    branch.answer ??= this.#join(branch.parts);
    return branch.answer;
  }
}

const MOST_BRANCHES = 10_000;
