import { nameKey } from '../text/normalise.ts';
import type { Piece } from './piece.ts';

/** The persons of an upload by what names them. */
export class Persons {
  /** numbers by name: two persons of one name have the same key */
  readonly #byName = new Map<string, Set<string>>();
  readonly #numbers = new Set<string>();
  readonly #hints = new Map<string, string | null>();

  constructor(pieces: Pick<Piece, 'number' | 'name'>[]) {
    for (const { number, name } of pieces) {
      if (number) this.#numbers.add(number);
      if (!name) continue;
      const numbers = this.#byName.get(name) ?? new Set();
      if (number) numbers.add(number);
      this.#byName.set(name, numbers);
    }
  }

  numbersOf(name: string): string[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  /** The one person whose number or name is in the name of a folder or file; null: no one's, or several persons'. */
  namedBy(segment: string): string | null {
    let found = this.#hints.get(segment);
    if (found === undefined) {
      found = this.#find(segment);
      this.#hints.set(segment, found);
    }
    return found;
  }

  #find(segment: string): string | null {
    const key = nameKey(segment);
    // Spreadsheets lose the zeros in front.
    const numbers = [...key.matchAll(/(?<![0-9])(?:[0-9H][0-9]{9}|[1-9][0-9]{3,8})(?![0-9])/g)]
      .map(([number]) => number.padStart(10, '0'))
      .filter((number) => this.#numbers.has(number));
    if (numbers.length > 0) return only(numbers);
    const names = [...this.#byName.keys()].filter((name) => name.length >= 2 && key.includes(name));
    // 見本花 is part of 見本花子.
    const longest = names.filter((name) => !names.some((other) => other !== name && other.includes(name)));
    const [name, ...others] = longest;
    if (!name || others.length > 0) return null;
    const of = this.numbersOf(name);
    return of.length === 0 ? byName(name) : only(of);
  }
}

/** The key of a person who is known by name alone. */
export const byName = (name: string): string => `name:${name}`;
export const numberIn = (person: string): string | null => (person.startsWith('name:') ? null : person);

export const nameIn = (person: string): string | null =>
  person.startsWith('name:') ? person.slice('name:'.length) : null;

export const only = <T>(values: Iterable<T>): T | null => {
  const [one, ...others] = new Set(values);
  return others.length === 0 ? (one ?? null) : null;
};
