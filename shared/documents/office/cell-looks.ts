import { type OfficeParts, unpackParts } from './office-parts.ts';
import {
  attribute,
  child,
  children,
  descendants,
  type Element,
  numberOf,
  parseXml,
  relations,
} from './xml.ts';

/** How a cell differs from what it says: in the color of its paper, or with a line through it. */
export type Look = 'unseen' | 'struck';

/** The cells of a sheet that have one, by address (`B5`), and the text in its margins. */
export interface SheetLooks {
  cells: Map<string, Look>;
  /** texts that are written in their cell and of which parts have a look of their own, by address */
  rich: Map<string, string>;
  /** of its headers and footers, each in the order left, middle, right */
  header: string[];
  footer: string[];
  /** headers and footers that are switched off */
  unseen: string[];
  /** pictures behind the cells or in a margin */
  hasPicture: boolean;
}

const STYLES = 'xl/styles.xml';
const BOOK = 'xl/workbook.xml';

/** What a workbook since 2007 says of its sheets by name, and the library does not give. Other workbooks: nothing. */
export function sheetLooks(bytes: Uint8Array): Map<string, SheetLooks> {
  if (bytes[0] !== 0x50) return new Map();
  const parts = unpackParts(
    bytes,
    /^xl\/(?:(?:_rels\/)?workbook\.xml(?:\.rels)?|styles\.xml|worksheets\/[^/]+\.xml)$/,
  );
  const book = parts[BOOK];
  if (!book) return new Map();
  const looks = looksOf(parts);
  const targets = relations(parts, BOOK);
  return new Map(
    descendants(parseXml(book), 'sheet').flatMap((sheet) => {
      const part = parts[targets.get(attribute(sheet, 'id') ?? '') ?? ''];
      const name = attribute(sheet, 'name') ?? '';
      return part ? [[name, looksIn(Buffer.from(part).toString('utf8'), looks)] as const] : [];
    }),
  );
}

/**
 * Read by patterns: a sheet has as many cells as a program writes, and a tree of them all is not needed. Each pattern ends at
 * the next tag or cell, so that one which is not closed is not looked for to the end.
 */
function looksIn(sheet: string, looks: Map<number, Look>): SheetLooks {
  const cells = new Map<string, Look>();
  if (looks.size > 0)
    for (const [tag] of sheet.matchAll(/<(?:\w+:)?c\s[^<>]*>/g)) {
      const look = looks.get(Number(/\ss="(\d+)"/.exec(tag)?.[1] ?? 0));
      const address = /\sr="([A-Z]+\d+)"/.exec(tag)?.[1];
      if (look && address) cells.set(address, look);
    }
  const rich = new Map<string, string>();
  for (const [, tag, inside] of sheet.matchAll(
    /<(?:\w+:)?c(\s[^<>]*t="inlineStr"[^<>]*)>((?:(?!<(?:\w+:)?c\s)[\s\S])*?)<\/(?:\w+:)?c>/g,
  )) {
    const address = /\sr="([A-Z]+\d+)"/.exec(tag!)?.[1];
    if (address && isRich(inside!)) rich.set(address, inside!);
  }
  const margins = [...sheet.matchAll(/<(?:\w+:)?(odd|even|first)(Header|Footer)[^<>]*>([^<]*)</g)].map(
    ([, pages, where, text]) => ({ pages, where, text: text ?? '' }),
  );
  // Those of first and of even pages are kept where they are switched off (ECMA-376 18.3.1.46).
  const isShown = ({ pages }: { pages: string | undefined }): boolean =>
    pages === 'odd' ||
    new RegExp(`\\sdifferent${pages === 'first' ? 'First' : 'OddEven'}="(?:1|true)"`).test(sheet);
  const textsOf = (some: { text: string }[]): string[] => [
    ...new Set(some.flatMap(({ text }) => marginTexts(plainXml(text)))),
  ];
  const within = (wanted: string): string[] =>
    textsOf(margins.filter((margin) => margin.where === wanted && isShown(margin)));
  const hasPicture =
    /<(?:\w+:)?picture\s/.test(sheet) ||
    margins.some((margin) => isShown(margin) && /&amp;G/i.test(margin.text));
  const unseen = textsOf(margins.filter((margin) => !isShown(margin)));
  return { cells, rich, header: within('Header'), footer: within('Footer'), unseen, hasPicture };
}

/** The parts of a margin without their codes: place, font, size, style, page numbers, day, name (ECMA-376 18.3.1.39). */
export function marginTexts(written: string): string[] {
  return written
    .split(/&[LCR]/)
    .map((part) =>
      part
        .replace(/&"[^"]*"|&K[0-9A-F+-]{6,8}|&\d+|&[BIUESXYOHPNDTZFAG]/gi, ' ')
        .replaceAll('&&', '&')
        .trim(),
    )
    .filter((text) => /\p{L}/u.test(text));
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plainXml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');

/** The looks of the formats of cells (cellXfs), by number. */
function looksOf(parts: OfficeParts): Map<number, Look> {
  const styles = parts[STYLES] && parseXml(parts[STYLES]);
  if (!styles) return new Map();
  const [fonts, fills, formats] = ['fonts', 'fills', 'cellXfs'].map((name) =>
    children(child(styles, name) ?? styles),
  );
  const found = new Map<number, Look>();
  for (const [number, format] of (formats ?? []).entries()) {
    const font = fonts?.[numberOf(format, 'fontId')];
    const color = child(font, 'color');
    const ink = color ? colorOf(color) : BLACK;
    const size = numberOf(child(font, 'sz'), 'val');
    const isSpeck = size > 0 && size <= SPECK;
    if (isSpeck || (ink !== null && ink === paperOf(fills?.[numberOf(format, 'fillId')])))
      found.set(number, 'unseen');
    else if (isStruck(font)) found.set(number, 'struck');
  }
  return found;
}

const isStruck = (font: Element | undefined): boolean => {
  const strike = child(font, 'strike');
  return strike !== undefined && !['0', 'false'].includes(attribute(strike, 'val') ?? '1');
};

const WHITE = 'FFFFFF';
const BLACK = '000000';
/** Letters of this many points or less are not seen. */
const SPECK = 2;

/** Paper is white; null where a pattern or a color is not known. */
function paperOf(fill: Element | undefined): string | null {
  const pattern = child(fill, 'patternFill');
  if (!fill || !pattern) return fill && children(fill).length > 0 ? null : WHITE;
  const type = attribute(pattern, 'patternType') ?? 'none';
  if (type === 'none') return WHITE;
  return type === 'solid' ? colorOf(child(pattern, 'fgColor')) : null;
}

/** Of the themes only white and black are the same everywhere; a tint makes another color of them. */
const THEMES: Record<string, string> = { 0: WHITE, 1: BLACK };
const INDEXED: Record<string, string> = { 0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 65: WHITE };

/** RRGGBB; null: black by itself, or not known. */
function colorOf(color: Element | undefined): string | null {
  if (!color || Number(attribute(color, 'tint') ?? 0) !== 0) return null;
  const rgb = attribute(color, 'rgb');
  if (rgb) return rgb.slice(-6).toUpperCase();
  return THEMES[attribute(color, 'theme') ?? ''] ?? INDEXED[attribute(color, 'indexed') ?? ''] ?? null;
}

/** A text of which parts have a look of their own (`<r>`, ECMA-376 18.4.4). */
export interface RichText {
  seen: string;
  unseen: string;
  struck: string;
}

export const isRich = (written: string): boolean => /<(?:\w+:)?r>/.test(written);

/** @param rich as it is written; a white part is unseen, for most cells are not filled */
export function richText(rich: string): RichText {
  const text: RichText = { seen: '', unseen: '', struck: '' };
  for (const [, run] of rich.matchAll(/<(?:\w+:)?r>([\s\S]*?)<\/(?:\w+:)?r>/g)) {
    const said = plainXml([...run!.matchAll(/<(?:\w+:)?t[^<>]*>([^<]*)</g)].map(([, part]) => part).join(''));
    if (/<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*\/>/.test(run!)) text.struck += said;
    else if (/<(?:\w+:)?color [^<>]*(?:rgb="FFFFFFFF"|theme="0")/i.test(run!)) text.unseen += said;
    else text.seen += said;
  }
  return text;
}
