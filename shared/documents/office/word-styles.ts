import { TooLargeFile } from '../unreadable-file.ts';
import { attribute, child, children, type Element, parseXml } from './xml.ts';

/** Properties that a style of letters turns off again where the style of their paragraph has them on (ECMA-376 17.7.3). */
const TOGGLES: ReadonlySet<string> = new Set(['vanish', 'strike']);

/** Styles that are each based on the next. Word itself allows eleven. */
export const MOST_BASED = 100;

/** What a style says, by the names of its properties. */
interface StyleLooks {
  letters: Map<string, Element>;
  paper: Element | undefined;
}

interface Style extends StyleLooks {
  basedOn: string | null;
}

/** The styles of a text of Word: what letters look like that do not say it themselves. */
export class WordStyles {
  readonly #styles = new Map<string, Style>();
  /** with what the styles say that they are based on */
  readonly #looks = new Map<string, StyleLooks>();
  readonly #ofParagraphs = new Map<Element, string | null>();
  readonly #defaults: Element | undefined;
  readonly #usual: string | null = null;

  constructor(part: Uint8Array | undefined) {
    const root = part && parseXml(part);
    if (!root) return;
    this.#defaults = child(child(child(root, 'docDefaults'), 'rPrDefault'), 'rPr');
    for (const style of children(root, 'style')) {
      const id = attribute(style, 'styleId');
      if (id === null) continue;
      this.#styles.set(id, styleOf(style));
      if (attribute(style, 'type') === 'paragraph' && isSet(attribute(style, 'default') ?? '0'))
        this.#usual = id;
    }
  }

  /** Whether the letters of a run have a property: their own, else that of their styles. */
  isOn(run: Element, name: string): boolean {
    const own = child(child(run, 'rPr'), name);
    if (own) return isTrue(own);
    const [ofRun, ofParagraph] = this.#stylesOf(run).map((style) => style?.letters.get(name));
    if (!TOGGLES.has(name)) return isTrue(ofRun ?? ofParagraph ?? child(this.#defaults, name));
    return isTrue(child(this.#defaults, name)) || isTrue(ofRun) !== isTrue(ofParagraph);
  }

  /** The property of a run with a value, as the nearest one says. */
  find(run: Element, name: string): Element | undefined {
    const own = child(child(run, 'rPr'), name);
    if (own) return own;
    const [ofRun, ofParagraph] = this.#stylesOf(run);
    return ofRun?.letters.get(name) ?? ofParagraph?.letters.get(name) ?? child(this.#defaults, name);
  }

  /** The color of the paper that the style of a paragraph gives it. */
  shadeOf(paragraph: Element): Element | undefined {
    return this.#looksOf(this.#styleOf(paragraph))?.paper;
  }

  #stylesOf(run: Element): [run: StyleLooks | undefined, paragraph: StyleLooks | undefined] {
    return [
      this.#looksOf(attribute(child(child(run, 'rPr'), 'rStyle'), 'val')),
      this.#looksOf(this.#styleOf(paragraphOf(run))),
    ];
  }

  #styleOf(paragraph: Element | undefined): string | null {
    if (!paragraph) return this.#usual;
    const known = this.#ofParagraphs.get(paragraph);
    if (known !== undefined) return known;
    const found = attribute(child(child(paragraph, 'pPr'), 'pStyle'), 'val') ?? this.#usual;
    this.#ofParagraphs.set(paragraph, found);
    return found;
  }

  #looksOf(id: string | null): StyleLooks | undefined {
    if (!id) return undefined;
    const known = this.#looks.get(id);
    if (known) return known;
    const chain = this.#chainOf(id);
    const looks: StyleLooks = {
      letters: new Map(chain.toReversed().flatMap(({ letters }) => [...letters])),
      paper: chain.find(({ paper }) => paper)?.paper,
    };
    this.#looks.set(id, looks);
    return looks;
  }

  /** A style and those it is based on, the nearest first. */
  #chainOf(id: string): Style[] {
    const passed = new Set<string>();
    const chain: Style[] = [];
    for (let at: string | null = id; at && !passed.has(at); ) {
      if (passed.size >= MOST_BASED)
        throw new TooLargeFile(
          `書式（スタイル）が、別の書式をもとに ${MOST_BASED} 段を超えて重ねられています。`,
        );
      passed.add(at);
      const style = this.#styles.get(at);
      if (style) chain.push(style);
      at = style?.basedOn ?? null;
    }
    return chain;
  }
}

/** Properties of letters that are asked for; others are not kept. */
const LETTERS: ReadonlySet<string> = new Set([...TOGGLES, 'dstrike', 'sz', 'color', 'highlight', 'shd']);

const styleOf = (style: Element): Style => {
  const letters = new Map<string, Element>();
  const properties = child(style, 'rPr');
  for (const property of properties ? children(properties, ...LETTERS) : [])
    if (!letters.has(property.localName ?? '')) letters.set(property.localName ?? '', property);
  return {
    letters,
    paper: child(child(style, 'pPr'), 'shd'),
    basedOn: attribute(child(style, 'basedOn'), 'val'),
  };
};

function paragraphOf(run: Element): Element | undefined {
  for (let node = run.parentNode; node; node = node.parentNode)
    if ((node as Element).localName === 'p') return node as Element;
  return undefined;
}

const isSet = (value: string): boolean => !['0', 'false', 'off', 'none'].includes(value);

/** A property without a value is on. */
export const isTrue = (property: Element | undefined): boolean =>
  property !== undefined && isSet(attribute(property, 'val') ?? '1');
