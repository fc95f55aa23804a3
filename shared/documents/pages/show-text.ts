import { lengthOf, type Matrix, multiply, onPage } from './geometry.ts';
import type { GraphicsState } from './graphics-state.ts';
import { letterKind } from './letter-kind.ts';
import type { PageFont } from './page-fonts.ts';
import type { PlacedLetter, TextFlow } from './text-flow.ts';

/** A glyph as pdfjs gives it. */
interface Glyph {
  unicode: string;
  /** in the units of its font */
  width: number;
  /** the code of one byte after which the spacing of words applies */
  isSpace: boolean;
  /** of a font that runs from top to bottom: its advance first */
  vmetric?: [number, number, number] | null;
}

/** What one operation shows; a number moves what follows it. */
export type Shown = (Glyph | number | null)[];

/** The characters of one operation. */
export function textOf(glyphs: Shown): string {
  let text = '';
  for (const glyph of glyphs) if (glyph && typeof glyph !== 'number') text += glyph.unicode;
  return text;
}

/** The place of one operation's text: the start of its base line, its end, and the height of its letters. */
export interface TextSpan {
  /** how many characters it has */
  letters: number;
  font: PageFont;
  x: number;
  y: number;
  endX: number;
  endY: number;
  size: number;
}

/** Places the letters of one operation, hands each to the flow of the text, and moves the state behind the last. */
export function showText(state: GraphicsState, glyphs: Shown, flow: TextFlow | null): TextSpan {
  const onto = multiply(state.matrix, state.textMatrix);
  const { x, y } = onPage(onto, state.x, state.y + state.rise);
  flow?.begin(state, onto);
  let letters = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') move(state, glyph);
    else if (glyph) {
      letters += glyph.unicode.length;
      show(state, glyph, onto, flow);
    }
  }
  const { x: endX, y: endY } = onPage(onto, state.x, state.y + state.rise);
  const size = Math.abs(state.fontSize) * lengthOf(onto[2], onto[3]);
  return { letters, font: state.font, x, y, endX, endY, size };
}

/** Thousandths of the size, to the left, or up in a font that runs down. */
function move(state: GraphicsState, thousandths: number): void {
  const distance = (thousandths / 1000) * state.fontSize;
  if (state.font.isVertical) state.y -= distance;
  else state.x -= distance * state.stretch;
}

/** The letter at hand. One object for all of a page: a new one for each, with its six numbers, is most of the work. */
const letter: PlacedLetter = { x: 0, y: 0, endX: 0, endY: 0, advance: 0, isDiacritic: false };

function show(state: GraphicsState, glyph: Glyph, onto: Matrix, flow: TextFlow | null): void {
  const { font, x, y, rise } = state;
  const kind = letterKind(glyph.unicode);
  // a soft hyphen or a sign of direction is not printed
  if (kind === 'format') return;
  const advance = kind === 'diacritic' ? 0 : advanceOf(glyph, state);
  if (font.isVertical) state.y += advance;
  else state.x += advance;
  if (kind === 'blank') flow?.addBlank();
  else if (flow) {
    letter.x = onto[0] * x + onto[2] * (y + rise) + onto[4];
    letter.y = onto[1] * x + onto[3] * (y + rise) + onto[5];
    letter.endX = onto[0] * state.x + onto[2] * (state.y + rise) + onto[4];
    letter.endY = onto[1] * state.x + onto[3] * (state.y + rise) + onto[5];
    letter.advance = font.isVertical ? Math.abs(advance) : advance;
    letter.isDiacritic = kind === 'diacritic';
    flow.addLetter(glyph.unicode, letter);
  }
  const spacing = state.spacing + (glyph.isSpace ? state.wordSpacing : 0);
  if (font.isVertical) state.y -= spacing;
  else state.x += spacing * state.stretch;
}

function advanceOf({ width, vmetric }: Glyph, { font, fontSize, stretch }: GraphicsState): number {
  const size = font.unit * fontSize;
  return font.isVertical ? (vmetric ? vmetric[0] : -width) * size : width * size * stretch;
}
