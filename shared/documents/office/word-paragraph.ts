import { UNREAD } from './office-file.ts';
import { attribute, child, children, descendants, type Element, numberOf } from './xml.ts';

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
  /** the paragraphs of text boxes that are anchored here */
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

/** @param targets the relations of the document, by id: where its pictures are */
export function readParagraph(paragraph: Element, targets: Map<string, string>): Paragraph {
  const result: Paragraph = {
    ...{ text: '', size: 0, struck: [], hidden: [], unread: new Set(), pictures: [], boxes: [] },
    breaksBefore: child(child(paragraph, 'pPr'), 'pageBreakBefore') !== undefined,
    breaksAfter: false,
  };
  const reader = new RunReader(result, targets);
  reader.inline(paragraph);
  result.size ||= USUAL_SIZE;
  return result;
}

class RunReader {
  readonly #result: Paragraph;
  readonly #targets: Map<string, string>;

  constructor(result: Paragraph, targets: Map<string, string>) {
    this.#result = result;
    this.#targets = targets;
  }

  inline(parent: Element): void {
    for (const each of children(parent)) {
      switch (each.localName) {
        case 'r':
          this.#run(each);
          break;
        case 'del':
        case 'moveFrom':
          this.#result.hidden.push(
            descendants(each, 'delText')
              .map((text) => text.textContent ?? '')
              .join(''),
          );
          break;
        case 'sdt':
          this.inline(child(each, 'sdtContent') ?? each);
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
    const properties = child(run, 'rPr');
    const result = this.#result;
    const text = children(run)
      .map((each) => this.#piece(each))
      .join('');
    if (text === '') return;
    if (isOn(properties, 'vanish') || isUnseen(run, properties)) result.hidden.push(text);
    else if (isOn(properties, 'strike') || isOn(properties, 'dstrike')) result.struck.push(text.trim());
    else {
      result.text += text;
      result.size = Math.max(result.size, numberOf(child(properties, 'sz'), 'val') / 2);
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
    const size = descendants(drawing, 'extent')[0];
    const [width, height] = size
      ? [numberOf(size, 'cx') / EMU, numberOf(size, 'cy') / EMU]
      : styledSize(descendants(drawing, 'shape')[0]);
    const pictures = [...descendants(drawing, 'blip'), ...descendants(drawing, 'imagedata')];
    for (const each of pictures) {
      const part = this.#targets.get(attribute(each, 'embed') ?? attribute(each, 'id') ?? '');
      if (part) result.pictures.push({ part, width, height });
    }
    const boxes = descendants(drawing, 'txbxContent').flatMap((box) => descendants(box, 'p'));
    for (const each of boxes) result.boxes.push(readParagraph(each, this.#targets));
    const hasText = result.boxes.some(({ text }) => text.trim() !== '');
    if (descendants(drawing, 'chart').length > 0 || descendants(drawing, 'relIds').length > 0)
      result.unread.add(UNREAD.charts);
    else if (descendants(drawing, 'control').length > 0) result.unread.add(UNREAD.checkBoxes);
    else if (pictures.length === 0 && !hasText) result.unread.add(UNREAD.shapes);
  }
}

const isOn = (properties: Element | undefined, name: string): boolean => {
  const found = child(properties, name);
  return found !== undefined && !['0', 'false', 'off', 'none'].includes(attribute(found, 'val') ?? '1');
};

/** Letters of this many half points or less are specks. */
const SPECK = 4;

/** In white on white paper, or too small to be seen. */
function isUnseen(run: Element, properties: Element | undefined): boolean {
  const size = numberOf(child(properties, 'sz'), 'val');
  if (size > 0 && size <= SPECK) return true;
  return /^f{6}$/i.test(attribute(child(properties, 'color'), 'val') ?? '') && !isShaded(run, properties);
}

/** What the letters stand on has a color of its own, or may have one. */
function isShaded(run: Element, properties: Element | undefined): boolean {
  if (child(properties, 'highlight') || hasFill(properties)) return true;
  for (let node = run.parentNode; node; node = node.parentNode) {
    const around = node as Element;
    if (hasFill(child(around, 'pPr')) || hasFill(child(around, 'tcPr'))) return true;
    if (around.localName === 'txbxContent' || child(child(around, 'tblPr'), 'tblStyle')) return true;
  }
  return false;
}

const hasFill = (properties: Element | undefined): boolean =>
  !/^(?:auto|f{6}|)$/i.test(attribute(child(properties, 'shd'), 'fill') ?? '');

/** A tick box of the forms of old (ECMA-376 17.16.7). */
function checkBoxOf(field: Element): string {
  const box = child(child(field, 'ffData'), 'checkBox');
  if (!box) return '';
  const isTicked = child(box, 'checked') ? isOn(box, 'checked') : isOn(box, 'default');
  return isTicked ? '☑' : '☐';
}

/** `width:120pt;height:80pt` of a shape as Word drew it before 2010. */
function styledSize(shape: Element | undefined): [number, number] {
  const style = attribute(shape, 'style') ?? '';
  const points = (name: string): number =>
    Number(new RegExp(`(?:^|;)${name}:([\\d.]+)pt`).exec(style)?.[1] ?? 0);
  return [points('width'), points('height')];
}
