import { NEXT_IN_BOX } from '../pages/page-text.ts';
import { PDF_LIMITS } from '../pages/pdf-limits.ts';
import { isCardSized } from '../pages/pictures.ts';
import { TooLargeFile, UnreadableFile } from '../unreadable-file.ts';
import { blankPage, largest, type OfficeFile, type OfficePage, textWidth, UNREAD } from './office-file.ts';
import { type OfficeParts, unpackParts } from './office-parts.ts';
import { shownMargins } from './word-margins.ts';
import { WordPaper } from './word-paper.ts';
import { type Paragraph, readParagraph, textWithin, type WordContext } from './word-paragraph.ts';
import { WordStyles } from './word-styles.ts';
import { attribute, checkTags, child, children, type Element, numberOf, parseXml, relations } from './xml.ts';

/** Twentieths of a point (ECMA-376 17.18.74). */
const TWIP = 20;
/** Lines below one another, in heights of their letters. */
const LINE = 1.5;
const DOCUMENT = 'word/document.xml';

/**
 * The pages of a text of Word, divided where Word itself divided them last; tables with every cell in its box. What was
 * deleted with changes tracked, comments, and what is hidden is not seen.
 * @throws UnreadableFile where it cannot be opened or is larger than any form
 */
export function readWord(bytes: Uint8Array): OfficeFile {
  const parts = unpackParts(bytes, PARTS);
  checkTags(Object.values(parts));
  const document = parts[DOCUMENT];
  const body = document && child(parseXml(document), 'body');
  if (!body) throw new UnreadableFile('ファイルの中身が壊れています。');
  const styles = new WordStyles(parts['word/styles.xml']);
  const paper = new WordPaper(styles);
  const writer = new Writer();
  const write = (name: string, root: Element): void =>
    writer.part(root, { styles, paper, targets: relations(parts, name) });
  const margins = shownMargins(parts, DOCUMENT, body);
  for (const name of named(parts, /header/)) if (margins.has(name)) write(name, parseXml(parts[name]!));
  write(DOCUMENT, body);
  for (const name of named(parts, /notes/))
    for (const note of children(parseXml(parts[name]!))) write(name, note);
  for (const name of named(parts, /footer/)) if (margins.has(name)) write(name, parseXml(parts[name]!));
  for (const name of named(parts, /header|footer|comments/))
    if (!margins.has(name)) writer.hide(textWithin(parseXml(parts[name]!)));
  return writer.finish();
}

const PARTS =
  /^word\/(?:_rels\/)?(?:document|header\d*|footer\d*|footnotes|endnotes|comments|styles|settings)\.xml(?:\.rels)?$/;

const named = (parts: OfficeParts, name: RegExp): string[] =>
  Object.keys(parts)
    .filter((part) => name.test(part) && !part.includes('_rels/'))
    .sort();

/** Cells of one table are laid out before they are written: a cell joined downwards ends where its last part does. */
interface LaidCell {
  column: number;
  span: number;
  from: number;
  to: number;
  paragraphs: Paragraph[];
}

class Writer {
  readonly #file: OfficeFile = { pages: [], pictures: [] };
  #page: OfficePage = blankPage(null);
  #y = 0;
  /** of the page */
  #characters = 0;

  part(root: Element, context: WordContext): void {
    for (const block of children(root)) {
      if (block.localName === 'p') this.#paragraph(readParagraph(block, context));
      else if (block.localName === 'tbl') this.#table(block, context);
      else if (block.localName === 'sdt') this.part(child(block, 'sdtContent') ?? block, context);
      else if (['ins', 'moveTo', 'customXml'].includes(block.localName ?? '')) this.part(block, context);
      else if (block.localName === 'altChunk') this.#page.unread.add(UNREAD.inserted);
    }
  }

  /** Text that is in the file and on no page. */
  hide(text: string): void {
    if (text.trim() !== '') (this.#file.pages[0] ?? this.#page).hidden.push(text);
  }

  finish(): OfficeFile {
    this.#endPage();
    return this.#file;
  }

  #paragraph(paragraph: Paragraph): void {
    if (paragraph.breaksBefore) this.#endPage();
    this.#count(paragraph);
    const { size } = paragraph;
    for (const line of paragraph.text.split('\n')) {
      let x = 0;
      this.#y += size * LINE;
      for (const text of line.split('\t')) {
        const width = textWidth(text, size);
        if (text.trim() !== '')
          this.#page.cells.push({ text: text.trim(), x, right: x + width, y: this.#y, size });
        x += width + 2 * size;
      }
    }
    this.#take(paragraph);
    for (const box of paragraph.boxes) this.#paragraph(box);
    if (paragraph.breaksAfter) this.#endPage();
  }

  #count({ text }: Paragraph): void {
    this.#characters += text.length;
    if (this.#characters > PDF_LIMITS.charactersPerPage)
      throw new TooLargeFile(
        `1ページに読み取れる${PDF_LIMITS.charactersPerPage.toLocaleString('ja-JP')}文字を超える文字があります。`,
      );
  }

  /** What a paragraph has beside its text. */
  #take({ struck, hidden, unread, pictures }: Paragraph): void {
    for (const each of struck) this.#page.struck.push(each);
    for (const each of hidden) this.#page.hidden.push(each);
    for (const each of unread) this.#page.unread.add(each);
    for (const { part, width, height } of pictures) {
      const box = { x: 0, y: this.#y, right: width, bottom: this.#y + height };
      this.#page.pictures.push(box);
      if (isCardSized(box)) this.#file.pictures.push({ part });
      this.#y += height;
    }
  }

  #table(table: Element, context: WordContext): void {
    const widths = children(child(table, 'tblGrid') ?? table, 'gridCol').map(
      (each) => numberOf(each, 'w') / TWIP,
    );
    const rows = children(table, 'tr', 'sdt').flatMap((row) =>
      row.localName === 'tr' ? [row] : children(child(row, 'sdtContent') ?? row, 'tr'),
    );
    const laid: LaidCell[] = [];
    /** the last of each column */
    const lowest = new Map<number, LaidCell>();
    const heights: number[] = [];
    for (const [number, row] of rows.entries()) {
      if (child(child(row, 'trPr'), 'del')) {
        this.hide(textWithin(row));
        continue;
      }
      const cells = cellsOf(row, context);
      let column = numberOf(child(child(row, 'trPr'), 'gridBefore'), 'val');
      heights[number] = LINE * 10.5;
      for (const { span, isContinued, paragraphs } of cells) {
        const above = lowest.get(column);
        if (isContinued && above) above.to = number;
        else {
          const cell = { column, span, from: number, to: number, paragraphs };
          laid.push(cell);
          lowest.set(column, cell);
        }
        if (!isContinued) heights[number] = Math.max(heights[number] ?? 0, heightOf(paragraphs));
        column += span;
      }
    }
    this.#writeTable(laid, edges(widths), edges(rows.map((_, i) => heights[i] ?? 0)));
  }

  #writeTable(laid: LaidCell[], xs: (n: number) => number, ys: (n: number) => number): void {
    const top = this.#y + 4;
    const pagesBefore = this.#file.pages.length;
    for (const { column, span, from, to, paragraphs } of laid) {
      const box = { x: xs(column), y: top + ys(from), right: xs(column + span), bottom: top + ys(to + 1) };
      const all = paragraphs.flatMap((each) => [each, ...each.boxes]);
      for (const each of all) this.#count(each);
      const text = all
        .map((each) => each.text.replaceAll('\t', '\u3000\u3000').replaceAll('\n', NEXT_IN_BOX))
        .filter((line) => line.trim() !== '')
        .join(NEXT_IN_BOX);
      const size = largest(all.map((each) => each.size)) || 10.5;
      if (text !== '') {
        const longest = largest(text.split('\n').map((line) => textWidth(line, size)));
        this.#page.cells.push({
          ...{ text, size, box },
          x: box.x + 4,
          right: Math.min(box.right, box.x + 4 + longest),
          y: (box.y + box.bottom) / 2,
        });
      }
      for (const each of all) this.#take(each);
    }
    if (this.#file.pages.length === pagesBefore) this.#y = top + largest(laid.map(({ to }) => ys(to + 1)));
  }

  #endPage(): void {
    const page = this.#page;
    page.width = largest(
      page.cells.map(({ right, box }) => Math.max(right, box?.right ?? 0)),
      595,
    );
    page.height = Math.max(842, this.#y + 20);
    if (page.cells.length > 0 || page.unread.size > 0 || page.hidden.length > 0) this.#file.pages.push(page);
    this.#page = blankPage(null);
    this.#characters = 0;
    this.#y = 0;
  }
}

interface WordCell {
  span: number;
  isContinued: boolean;
  paragraphs: Paragraph[];
}

function cellsOf(row: Element, context: WordContext): WordCell[] {
  return children(row, 'tc', 'sdt').flatMap((each) =>
    (each.localName === 'tc' ? [each] : children(child(each, 'sdtContent') ?? each, 'tc')).map((cell) => {
      const properties = child(cell, 'tcPr');
      const merge = child(properties, 'vMerge');
      return {
        span: numberOf(child(properties, 'gridSpan'), 'val') || 1,
        isContinued: merge !== undefined && attribute(merge, 'val') !== 'restart',
        paragraphs: paragraphsIn(cell, context),
      };
    }),
  );
}

/** The paragraphs of a cell; a table inside it gives a line for each of its rows. */
function paragraphsIn(parent: Element, context: WordContext): Paragraph[] {
  return children(parent).flatMap((block) => {
    if (block.localName === 'p') return [readParagraph(block, context)];
    if (block.localName === 'sdt') return paragraphsIn(child(block, 'sdtContent') ?? block, context);
    if (block.localName !== 'tbl') return [];
    return children(block, 'tr').flatMap((row) => {
      const cells = cellsOf(row, context).flatMap(({ paragraphs }) => paragraphs);
      const [first, ...rest] = cells;
      if (!first) return [];
      return [
        { ...first, text: cells.map(({ text }) => text).join('\t') },
        ...rest.map((each) => ({ ...each, text: '' })),
      ];
    });
  });
}

const heightOf = (paragraphs: Paragraph[]): number =>
  paragraphs.reduce((sum, { text, size }) => sum + text.split('\n').length * size * LINE, 4);

/** Where the n-th column or row begins. */
function edges(sizes: number[]): (n: number) => number {
  const starts = [0];
  for (const size of sizes) starts.push((starts.at(-1) ?? 0) + (size || 60));
  return (n) => starts[Math.min(n, starts.length - 1)] ?? 0;
}
