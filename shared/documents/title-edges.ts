import { type FormMark, formCatalogue } from './forms/form-catalogue.ts';

/** The forms by the first two and the last two letters of their titles: few texts of a page begin or end like one. */
interface Edges {
  begins: Map<number, Set<FormMark>>;
  ends: Map<number, Set<FormMark>>;
}

/** Whether a title may be anywhere in the text. */
export function mayHoldTitle(key: string): boolean {
  const { begins, ends } = edges();
  for (let at = 0; at < key.length - 1; at++) {
    const pair = pairAt(key, at);
    if (begins.has(pair) || ends.has(pair)) return true;
  }
  return false;
}

/** The forms of which a title may begin or end the text. */
export function marksFor(key: string): FormMark[] {
  const { begins, ends } = edges();
  const [beginning, ending] = [begins.get(pairAt(key, 0)), ends.get(pairAt(key, key.length - 2))];
  if (!beginning && !ending) return [];
  return formCatalogue().filter((mark) => beginning?.has(mark) || ending?.has(mark));
}

/** Two letters as one number. */
const pairAt = (key: string, at: number): number => key.charCodeAt(at) * 0x10000 + key.charCodeAt(at + 1);

function edges(): Edges {
  const catalogue = formCatalogue();
  let found = known.get(catalogue);
  if (!found) {
    found = edgesOf(catalogue);
    known.set(catalogue, found);
  }
  return found;
}
const known = new WeakMap<FormMark[], Edges>();

function edgesOf(catalogue: FormMark[]): Edges {
  const found: Edges = { begins: new Map(), ends: new Map() };
  const add = (edge: Map<number, Set<FormMark>>, pair: number, mark: FormMark): void => {
    edge.set(pair, (edge.get(pair) ?? new Set()).add(mark));
  };
  for (const mark of catalogue) {
    for (const title of mark.titles) add(found.begins, pairAt(title, 0), mark);
    for (const title of [...mark.titles, ...mark.endings])
      add(found.ends, pairAt(title, title.length - 2), mark);
  }
  return found;
}
