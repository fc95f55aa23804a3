import { attribute, child, children, type Element, parseXml } from './xml.ts';

/** Properties that a style of letters turns off again where the style of their paragraph has them on (ECMA-376 17.7.3). */
const TOGGLES: ReadonlySet<string> = new Set(['vanish', 'strike']);

/** The styles of a text of Word: what letters look like that do not say it themselves. */
export class WordStyles {
  readonly #styles = new Map<string, Element>();
  readonly #defaults: Element | undefined;
  readonly #usual: string | null = null;

  constructor(part: Uint8Array | undefined) {
    const root = part && parseXml(part);
    if (!root) return;
    this.#defaults = child(child(child(root, 'docDefaults'), 'rPrDefault'), 'rPr');
    for (const style of children(root, 'style')) {
      const id = attribute(style, 'styleId');
      if (id === null) continue;
      this.#styles.set(id, style);
      if (attribute(style, 'type') === 'paragraph' && isSet(attribute(style, 'default') ?? '0'))
        this.#usual = id;
    }
  }

  /** Whether the letters of a run have a property: their own, else that of their styles. */
  isOn(run: Element, name: string): boolean {
    const own = child(child(run, 'rPr'), name);
    if (own) return isTrue(own);
    const [ofRun, ofParagraph] = this.#stylesOf(run).map((id) => this.#inStyle(id, name));
    if (!TOGGLES.has(name)) return isTrue(ofRun ?? ofParagraph ?? child(this.#defaults, name));
    return isTrue(child(this.#defaults, name)) || isTrue(ofRun) !== isTrue(ofParagraph);
  }

  /** The property of a run with a value, as the nearest one says. */
  find(run: Element, name: string): Element | undefined {
    const [ofRun, ofParagraph] = this.#stylesOf(run);
    return (
      child(child(run, 'rPr'), name) ??
      this.#inStyle(ofRun, name) ??
      this.#inStyle(ofParagraph, name) ??
      child(this.#defaults, name)
    );
  }

  /** The color of the paper that the style of a paragraph gives it. */
  shadeOf(run: Element): Element | undefined {
    return this.#inStyle(this.#stylesOf(run)[1], 'shd', 'pPr');
  }

  #stylesOf(run: Element): [run: string | null, paragraph: string | null] {
    const paragraph = paragraphOf(run);
    return [
      attribute(child(child(run, 'rPr'), 'rStyle'), 'val'),
      attribute(child(child(paragraph, 'pPr'), 'pStyle'), 'val') ?? this.#usual,
    ];
  }

  #inStyle(id: string | null | undefined, name: string, group: 'rPr' | 'pPr' = 'rPr'): Element | undefined {
    const passed = new Set<string>();
    for (let at = id; at && !passed.has(at); ) {
      passed.add(at);
      const style = this.#styles.get(at);
      const found = child(child(style, group), name);
      if (found) return found;
      at = attribute(child(style, 'basedOn'), 'val');
    }
    return undefined;
  }
}

function paragraphOf(run: Element): Element | undefined {
  for (let node = run.parentNode; node; node = node.parentNode)
    if ((node as Element).localName === 'p') return node as Element;
  return undefined;
}

const isSet = (value: string): boolean => !['0', 'false', 'off', 'none'].includes(value);

/** A property without a value is on. */
export const isTrue = (property: Element | undefined): boolean =>
  property !== undefined && isSet(attribute(property, 'val') ?? '1');
