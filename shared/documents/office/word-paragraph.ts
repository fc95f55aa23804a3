import { UNREAD } from './office-file.ts';
import { BLACK, type WordPaper } from './word-paper.ts';
import { isTrue, type WordStyles } from './word-styles.ts';
import { attribute, child, children, descendants, type Element, numberOf } from './xml.ts';

/** What a paragraph refers to. */
export interface WordContext {
  /** the relations of its part, by id: where its pictures are */
  targets: Map<string, string>;
  styles: WordStyles;
  paper: WordPaper;
}

/** One paragraph of Word as it is seen. Lengths are points. */
export interface Paragraph {
  /** `\t` and `\n` where it has tabs and ends of lines */
  text: string;
  /** of its largest letters */
  size: number;
  struck: string[];
  hidden: string[];
  unread: Set<string>;
  pictures: { part: string; width: number; height: number }[];
  /** the paragraphs of text boxes that are anchored here, and in these */
  boxes: Paragraph[];
  breaksBefore: boolean;
  breaksAfter: boolean;
}

/** English Metric Units of a point (ECMA-376 20.1.2.1) */
const EMU = 12_700;
const USUAL_SIZE = 10.5;

/** Signs of the fonts Wingdings and Wingdings 2, which are no characters. */
const SIGNS: Record<string, string> = {
  f06f: '□',
  f071: '□',
  f0a8: '□',
  f0a3: '□',
  f052: '☑',
  f0fe: '☑',
  f053: '☒',
  f0fd: '☒',
  f050: '✓',
  f0fc: '✓',
  f0fb: '✗',
  f06c: '●',
  f06e: '■',
};

/** @param depth text boxes that it is in */
export function readParagraph(paragraph: Element, context: WordContext, depth = 0): Paragraph {
  const result: Paragraph = {
    ...{ text: '', size: 0, struck: [], hidden: [], unread: new Set(), pictures: [], boxes: [] },
    breaksBefore: child(child(paragraph, 'pPr'), 'pageBreakBefore') !== undefined,
    breaksAfter: false,
  };
  const reader = new RunReader(result, context, depth);
  reader.inline(paragraph);
  result.size ||= USUAL_SIZE;
  return result;
}

class RunReader {
  readonly #result: Paragraph;
  readonly #context: WordContext;
  readonly #depth: number;

  constructor(result: Paragraph, context: WordContext, depth: number) {
    this.#result = result;
    this.#context = context;
    this.#depth = depth;
  }

  inline(parent: Element): void {
    for (const each of children(parent)) {
      switch (each.localName) {
        case 'r':
          this.#run(each);
          break;
        case 'del':
        case 'moveFrom':
          this.#result.hidden.push(textWithin(each));
          break;
        case 'sdt':
          this.inline(child(each, 'sdtContent') ?? each);
          break;
        case 'AlternateContent':
          this.inline(child(each, 'Choice') ?? child(each, 'Fallback') ?? each);
          break;
        case 'hyperlink':
        case 'ins':
        case 'moveTo':
        case 'smartTag':
        case 'customXml':
        case 'fldSimple':
        case 'dir':
        case 'bdo':
          this.inline(each);
          break;
        case 'oMath':
        case 'oMathPara':
          this.#result.unread.add(UNREAD.shapes);
          break;
      }
    }
  }

  #run(run: Element): void {
    const { styles } = this.#context;
    const result = this.#result;
    const text = children(run)
      .map((each) => this.#piece(each))
      .join('');
    if (text === '') return;
    if (styles.isOn(run, 'vanish') || isUnseen(run, this.#context)) result.hidden.push(text);
    else if (styles.isOn(run, 'strike') || styles.isOn(run, 'dstrike')) result.struck.push(text.trim());
    else {
      result.text += text;
      result.size = Math.max(result.size, numberOf(styles.find(run, 'sz'), 'val') / 2);
    }
  }

  #piece(piece: Element): string {
    const result = this.#result;
    switch (piece.localName) {
      case 't':
        return piece.textContent ?? '';
      case 'tab':
      case 'ptab':
        return '\t';
      case 'br':
      case 'cr':
        if (attribute(piece, 'type') === 'page') {
          if (result.text === '') result.breaksBefore = true;
          else result.breaksAfter = true;
          return '';
        }
        return '\n';
      case 'lastRenderedPageBreak':
        if (result.text === '') result.breaksBefore = true;
        return '';
      case 'noBreakHyphen':
        return '-';
      case 'sym': {
        const sign = SIGNS[(attribute(piece, 'char') ?? '').toLowerCase()];
        if (!sign) result.unread.add(UNREAD.shapes);
        return sign ?? '';
      }
      case 'fldChar':
        return checkBoxOf(piece);
      case 'instrText':
        if (/^\s*EQ\s/i.test(piece.textContent ?? '')) result.unread.add(UNREAD.overlays);
        return '';
      case 'ruby':
        return descendants(child(piece, 'rubyBase') ?? piece, 't')
          .map((text) => text.textContent ?? '')
          .join('');
      case 'drawing':
      case 'pict':
      case 'object':
        this.#drawing(piece);
        return '';
      case 'AlternateContent': {
        const shown = child(piece, 'Choice') ?? child(piece, 'Fallback');
        return shown
          ? children(shown)
              .map((each) => this.#piece(each))
              .join('')
          : '';
      }
      default:
        return '';
    }
  }

  #drawing(drawing: Element): void {
    const result = this.#result;
    if (isHiddenDrawing(drawing)) {
      result.hidden.push(textWithin(drawing));
      return;
    }
    const size = descendants(drawing, 'extent')[0];
    const [width, height] = size
      ? [numberOf(size, 'cx') / EMU, numberOf(size, 'cy') / EMU]
      : styledSize(descendants(drawing, 'shape')[0]);
    const pictures = [...descendants(drawing, 'blip'), ...descendants(drawing, 'imagedata')];
    for (const each of pictures) {
      const part = this.#context.targets.get(attribute(each, 'embed') ?? attribute(each, 'id') ?? '');
      if (part) result.pictures.push({ part, width, height });
    }
    const paragraphs = boxesIn(drawing).flatMap((box) =>
      descendants(box, 'p').filter((each) => isOutsideBoxes(each, box)),
    );
    if (paragraphs.length > 0 && this.#depth >= MOST_BOXES_DEEP) result.unread.add(UNREAD.shapes);
    else
      for (const each of paragraphs) {
        const { boxes, ...own } = readParagraph(each, this.#context, this.#depth + 1);
        result.boxes.push({ ...own, boxes: [] });
        for (const box of boxes) result.boxes.push(box);
      }
    const hasText = result.boxes.some(({ text }) => text.trim() !== '');
    if (descendants(drawing, 'chart').length > 0 || descendants(drawing, 'relIds').length > 0)
      result.unread.add(UNREAD.charts);
    else if (descendants(drawing, 'control').length > 0) result.unread.add(UNREAD.checkBoxes);
    else if (pictures.length === 0 && !hasText) result.unread.add(UNREAD.shapes);
  }
}

/** Text boxes within text boxes. Word draws none within another. */
const MOST_BOXES_DEEP = 3;

const boxesIn = (drawing: Element): Element[] =>
  descendants(drawing, 'txbxContent').filter((box) => isOutsideBoxes(box, drawing));

/** Whether what is in a holder is in no text box there: it is read with the one that it is in. */
function isOutsideBoxes(inside: Element, holder: Element): boolean {
  for (let node = inside.parentNode; node && node !== holder; node = node.parentNode)
    if ((node as Element).localName === 'txbxContent') return false;
  return true;
}

/** By its properties (ECMA-376 20.4.2.5), or by its style as Word drew it before 2010. */
const isHiddenDrawing = (drawing: Element): boolean =>
  descendants(drawing, 'docPr').some((each) => ['1', 'true'].includes(attribute(each, 'hidden') ?? '')) ||
  /visibility:hidden/.test(attribute(descendants(drawing, 'shape')[0], 'style') ?? '');

/** All text below, deleted or not. */
export const textWithin = (element: Element): string =>
  [...descendants(element, 't'), ...descendants(element, 'delText')]
    .map((text) => text.textContent ?? '')
    .join('');

/** Letters of this many half points or less are specks. */
const SPECK = 4;

/** In the color of its paper, or too small to be seen. */
function isUnseen(run: Element, { styles, paper: papers }: WordContext): boolean {
  const size = numberOf(styles.find(run, 'sz'), 'val');
  if (size > 0 && size <= SPECK) return true;
  const ink = (attribute(styles.find(run, 'color'), 'val') ?? 'auto').toUpperCase();
  const paper = papers.under(run);
  if (paper === BLACK) return ink === BLACK || ink === 'AUTO';
  return paper !== null && ink === paper;
}

/** A tick box of the forms of old (ECMA-376 17.16.7). */
function checkBoxOf(field: Element): string {
  const box = child(child(field, 'ffData'), 'checkBox');
  if (!box) return '';
  const isTicked = isTrue(child(box, 'checked') ?? child(box, 'default'));
  return isTicked ? '☑' : '☐';
}

/** `width:120pt;height:80pt` of a shape as Word drew it before 2010. */
function styledSize(shape: Element | undefined): [number, number] {
  const style = attribute(shape, 'style') ?? '';
  const points = (name: string): number =>
    Number(new RegExp(`(?:^|;)${name}:([\\d.]+)pt`).exec(style)?.[1] ?? 0);
  return [points('width'), points('height')];
}
