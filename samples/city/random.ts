/**
 * Repeatable random numbers: the same seed gives the same city on every machine.
 * A generator has a text as its name, and `fork` derives another one from it, so that one person's draws never shift
 * those of the next (sfc32, seeded by an FNV-1a hash of the name).
 */
export class Random {
  readonly #name: string;
  readonly #state: Uint32Array;

  constructor(name: string) {
    this.#name = name;
    this.#state = new Uint32Array([hash(`a${name}`), hash(`b${name}`), hash(`c${name}`), 1]);
    for (let i = 0; i < 12; i += 1) this.next();
  }

  /** A separate generator for one part of the work; does not advance this one. */
  fork(part: string | number): Random {
    return new Random(`${this.#name}/${part}`);
  }

  /** 0 ≤ x < 1 */
  next(): number {
    const s = this.#state;
    const t = (s[0]! + s[1]! + s[3]!) >>> 0;
    s[3] = s[3]! + 1;
    s[0] = s[1]! ^ (s[1]! >>> 9);
    s[1] = s[2]! + (s[2]! << 3);
    s[2] = ((s[2]! << 21) | (s[2]! >>> 11)) + t;
    return t / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** One of several, in proportion to their weights. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices.at(-1)![1];
  }
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
