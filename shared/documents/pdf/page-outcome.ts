import { areaOf } from '../pages/geometry.ts';
import type { PageContent } from '../pages/page-content.ts';
import { assembleTables, type PageText, type TextLine, type TextRun } from '../pages/page-text.ts';
import { recogniseDocuments } from '../recognise-document.ts';

/** What one page became: its text, or why it has none. */
export type PageOutcome = {
  page: number;
  /** every line of its text layer, seen or not, where that is more than its text: no 個人番号 may be in it */
  layer?: string[];
} & (
  | {
      state: 'text';
      text: PageText;
      /** what of its ink no text explains; it waits for OCR */
      unread: 'picture' | 'shapes' | 'layer' | null;
    }
  | { state: Unread }
);
/** `picture`: little text beside a picture. `fault`: a fault of the program, already reported. */
export type Unread = 'blank' | 'no_text' | 'picture' | 'failed' | 'late' | 'crowded' | 'fault';

/** Letters beside a picture that are more than a fax header, a page number and a stamp. */
const FURNITURE = 60;
/** Part of the page that makes the picture the page. */
const MOST_OF_PAGE = 0.5;
/** Part of the letters that may be shapes (bullets, a rare character) without making the page unreadable. */
const FEW_SHAPES = 0.02;

/**
 * Holds a page's text against its ink. Text that explains all of it is the page. Where a picture or shapes remain, the
 * text is kept if it is a form of its own; otherwise the page waits to be read as a picture.
 */
export function outcomeOfPage(page: number, content: PageContent): PageOutcome {
  const { runs, layer, pictures, lostPart, drawing } = content;
  const hidden = content.hasHidden ? { layer: linesOf(content, content.all).map(({ text }) => text) } : {};
  if (runs.length + layer.length === 0) {
    const hasInk = drawing.hasInk || lostPart > 0;
    return { page, ...hidden, state: hasInk ? 'no_text' : 'blank' };
  }
  const text = textOf(page, content);
  const isWhole = pictures.length === 0 && lostPart === 0;
  if (isWhole) return { page, ...hidden, state: 'text', text, unread: null };
  if (isPicture(text, content)) return { page, ...hidden, state: 'picture' };
  const unread = layer.length > 0 ? 'layer' : pictures.length > 0 ? 'picture' : 'shapes';
  return { page, ...hidden, state: 'text', text, unread };
}

/** True when the text beside pictures and shapes is not enough to be the page. */
function isPicture(text: PageText, { runs, pictures, coverage, lostPart, isMixed }: PageContent): boolean {
  const isTitled = recogniseDocuments([text])[0]?.kind != null;
  if (lostPart > FEW_SHAPES && (isMixed || !isTitled)) return true;
  if (isTitled || pictures.length === 0) return false;
  const letters = runs.reduce((sum, run) => sum + run.text.length, 0);
  return coverage >= MOST_OF_PAGE || letters < FURNITURE;
}

function textOf(page: number, content: PageContent): PageText {
  const { width, height, ink, drawing, layer } = content;
  const imageBoxes = [...drawing.pictures.map(({ box }) => box).filter((box) => areaOf(box) > 0), ...ink];
  return {
    page,
    width,
    height,
    lines: linesOf(content, [...content.runs, ...layer]),
    hasImages: imageBoxes.length > 0,
    imageBoxes,
    uncertain: layer.length > 0,
    ...(content.struck.length > 0 && { struck: content.struck }),
    ...(content.ringed.length > 0 && { ringed: content.ringed }),
  };
}

const linesOf = ({ width, height, drawing }: PageContent, runs: TextRun[]): TextLine[] =>
  assembleTables(runs, { width, height }, drawing.rules);
