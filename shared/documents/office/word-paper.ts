import type { WordStyles } from './word-styles.ts';
import { attribute, child, type Element } from './xml.ts';

const WHITE = 'FFFFFF';
export const BLACK = '000000';
const HIGHLIGHTS: Record<string, string> = { black: BLACK, white: WHITE, none: WHITE };

/** The color that letters stand on, RRGGBB; null where it is not known. */
export class WordPaper {
  readonly #styles: WordStyles;
  /** by what the letters are in: a table is not looked through again for each of its letters */
  readonly #around = new Map<Element, string | null>();

  constructor(styles: WordStyles) {
    this.#styles = styles;
  }

  under(run: Element): string | null {
    const highlight = attribute(this.#styles.find(run, 'highlight'), 'val');
    if (highlight !== null && highlight !== 'none') return HIGHLIGHTS[highlight] ?? null;
    return fillOf(this.#styles.find(run, 'shd')) ?? this.#of(run.parentNode as Element | null);
  }

  #of(around: Element | null): string | null {
    if (!around) return WHITE;
    const known = this.#around.get(around);
    if (known !== undefined) return known;
    const paper =
      fillOf(child(child(around, 'pPr'), 'shd')) ??
      (around.localName === 'p' ? fillOf(this.#styles.shadeOf(around)) : null) ??
      fillOf(child(child(around, 'tcPr'), 'shd')) ??
      (endsHere(around) ? null : this.#of(around.parentNode as Element | null));
    this.#around.set(around, paper);
    return paper;
  }
}

/** What is around a text box, or gives a table its looks, is not known. */
const endsHere = (around: Element): boolean =>
  around.localName === 'txbxContent' || child(child(around, 'tblPr'), 'tblStyle') !== undefined;

/** Null: none of its own. A pattern over a color makes another one, but dark stays dark. */
const fillOf = (shade: Element | undefined): string | null => {
  const fill = (attribute(shade, 'fill') ?? 'auto').toUpperCase();
  return fill === 'AUTO' || fill === '' ? null : fill;
};
