import type { PDFPageProxy } from 'pdfjs-dist';
import type { Box } from './geometry.ts';
import type { IsShown } from './graphics-state.ts';
import { type PageDrawing, pageDrawing } from './page-drawing.ts';
import { readableRuns } from './page-ink.ts';
import { markedRuns } from './page-marks.ts';
import { pageNotes } from './page-notes.ts';
import type { TextRun } from './page-text.ts';
import { coverage, largePictures } from './pictures.ts';
import { seenRuns, withoutWatermarks } from './seen-runs.ts';

/** A page with its ink held against its text. */
export interface PageContent {
  width: number;
  height: number;
  /** text that a person sees and that is made of characters */
  runs: TextRun[];
  /** words of it that a line strikes out; they are left out */
  struck: string[];
  /** words of it with a ring around them */
  ringed: string[];
  /** the whole text layer, as it is */
  all: TextRun[];
  /** some of it leaves no ink */
  hasHidden: boolean;
  /** what another program recognised in the pictures, and no one sees */
  layer: TextRun[];
  /** pictures in which a document may be */
  pictures: Box[];
  /** part of the page they cover */
  coverage: number;
  /** letters drawn that are no characters, as a part of all */
  lostPart: number;
  /** among them some within a text, so that a number may lack digits */
  isMixed: boolean;
  /** where the page was signed or stamped by hand, in a way that is no text */
  ink: Box[];
  drawing: PageDrawing;
}

/** Reads the text layer and the drawing of a page. Null: more characters than a page may hold. */
export async function pageContent(
  page: PDFPageProxy,
  limit: number,
  isShown: IsShown,
): Promise<PageContent | null> {
  const drawing = await pageDrawing(page, limit, isShown);
  if (!drawing) return null;
  const { width, height } = page.getViewport({ scale: 1 });
  const { runs: written, marks, ink } = await pageNotes(page);
  const all = [...drawing.runs, ...written];
  const { seen, layer } = seenRuns(all, drawing);
  const readable = readableRuns(seen, drawing.spans);
  const marked = markedRuns(withoutWatermarks(readable.runs), [...drawing.shapes, ...marks]);
  const pictures = largePictures(drawing.pictures.map(({ box }) => box));
  return {
    width,
    height,
    ink,
    runs: marked.runs,
    struck: marked.struck,
    ringed: marked.ringed,
    all,
    hasHidden: seen.length !== all.length,
    layer,
    pictures,
    coverage: coverage(pictures, { width, height }),
    lostPart: readable.lost / Math.max(1, readable.letters),
    isMixed: readable.isMixed,
    drawing,
  };
}
