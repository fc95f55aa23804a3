import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { TooLargeFile, UnreadableFile } from '../unreadable-file.ts';

export type { Element };

/**
 * The root of an XML part. Office writes no document type, so one with entities of its own is refused. A part that others
 * refer to many times is parsed once.
 * @throws UnreadableFile where it is no XML, or holds more than any form
 */
export function parseXml(bytes: Uint8Array): Element {
  const known = parsed.get(bytes);
  if (known) return known;
  const root = rootOf(bytes);
  parsed.set(bytes, root);
  return root;
}
const parsed = new WeakMap<Uint8Array, Element>();

/**
 * Refuses parts of a Word file with too many tags together before one of them is parsed. A workbook may have as many cell
 * styles alone: its time limits it.
 * @throws UnreadableFile
 */
export function checkTags(parts: readonly Uint8Array[]): void {
  let tags = 0;
  for (const part of parts)
    for (let at = part.indexOf(LESS_THAN); at >= 0; at = part.indexOf(LESS_THAN, at + 1))
      if (++tags > MOST_TAGS)
        throw new TooLargeFile(
          `一つのファイルに読み取れる要素（段落・表のセル・書式など、タグ ${MOST_TAGS.toLocaleString('ja-JP')} 個）の数を超えています。`,
        );
}
const LESS_THAN = 0x3c;
/**
 * Tags of one file: a page full of cells has some thousand. As many are parsed in under 2 s of CPU, and their tree takes
 * a quarter of the memory that the reader has.
 */
const MOST_TAGS = 150_000;

function rootOf(bytes: Uint8Array): Element {
  const text = Buffer.from(bytes).toString('utf8');
  if (/<!DOCTYPE/i.test(text.slice(0, 4096))) throw new UnreadableFile(DAMAGED);
  try {
    const root = new DOMParser({ onError: () => {} }).parseFromString(text, 'text/xml').documentElement;
    if (root && !isDeeper(root, MOST_DEPTH)) return root;
  } catch (cause) {
    throw new UnreadableFile(DAMAGED, cause);
  }
  throw new UnreadableFile(DAMAGED);
}
const DAMAGED = 'ファイルの中身が壊れています。';
/** Elements inside one another. Office writes some dozens; tables inside tables by the thousand would end the stack. */
const MOST_DEPTH = 300;

function isDeeper(root: Element, most: number): boolean {
  let depth = 0;
  for (let node: Node | null = root; node; ) {
    if (depth > most) return true;
    if (node.firstChild) {
      depth++;
      node = node.firstChild;
      continue;
    }
    while (node && node !== root && !node.nextSibling) {
      depth--;
      node = node.parentNode;
    }
    node = node && node !== root ? node.nextSibling : null;
  }
  return false;
}

/** Element children, by local name where one is given. */
export function children(parent: Element, ...names: string[]): Element[] {
  const found: Element[] = [];
  for (let node: Node | null = parent.firstChild; node; node = node.nextSibling)
    if (node.nodeType === node.ELEMENT_NODE && (names.length === 0 || names.includes(node.localName ?? '')))
      found.push(node as Element);
  return found;
}

export function child(parent: Element | undefined, name: string): Element | undefined {
  for (let node: Node | null = parent?.firstChild ?? null; node; node = node.nextSibling)
    if (node.nodeType === node.ELEMENT_NODE && node.localName === name) return node as Element;
  return undefined;
}

/** Elements below, at any depth, in the order of the document. */
export const descendants = (parent: Element, name: string): Element[] => [
  ...parent.getElementsByTagNameNS('*', name),
];

/** An attribute by its local name, whatever its prefix. */
export function attribute(element: Element | undefined, name: string): string | null {
  for (const each of element?.attributes ?? []) if ((each.localName ?? each.name) === name) return each.value;
  return null;
}

export const numberOf = (element: Element | undefined, name: string): number =>
  Number(attribute(element, name) ?? 0) || 0;

/** The targets of a part's relations by their ids, as names of parts. */
export function relations(parts: Record<string, Uint8Array>, part: string): Map<string, string> {
  const [folder, file] = [part.slice(0, part.lastIndexOf('/') + 1), part.slice(part.lastIndexOf('/') + 1)];
  const bytes = parts[`${folder}_rels/${file}.rels`];
  if (!bytes) return new Map();
  return new Map(
    children(parseXml(bytes), 'Relationship').map((each) => [
      attribute(each, 'Id') ?? '',
      resolvePart(folder, attribute(each, 'Target') ?? ''),
    ]),
  );
}

function resolvePart(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
