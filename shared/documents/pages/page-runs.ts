import type { PDFPageProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';
import type { Annotation } from './annotation.ts';
import { annotationShapes } from './annotation-shapes.ts';
import { type Box, multiply } from './geometry.ts';
import type { Shape } from './page-shapes.ts';
import { SLANTED, type TextRun } from './page-text.ts';

/** A page's pieces of text with their positions, and whether the whole page was read. */
export interface PageRuns {
  width: number;
  height: number;
  runs: TextRun[];
  /** characters drawn, blanks not counted */
  characters: number;
  /** the page held more characters than the limit; the rest was not read */
  cut: boolean;
  /** rings and lines drawn on it as notes */
  marks: Shape[];
  /** where the page was signed or stamped by hand, in a way that is no text */
  ink: Box[];
}

interface Chunk {
  items: { str: string; transform: number[]; width: number; height: number; fontName: string }[];
  styles: Record<string, { vertical?: boolean }>;
}

/** Reads the text layer of one page, with the values of form fields and notes written on the page. */
export async function pageRuns(page: PDFPageProxy, limit: number): Promise<PageRuns> {
  const viewport = page.getViewport({ scale: 1 });
  const result: PageRuns = {
    width: viewport.width,
    height: viewport.height,
    runs: [],
    characters: 0,
    cut: false,
    marks: [],
    ink: [],
  };
  const styles: Chunk['styles'] = {};
  const reader = page.streamTextContent({ disableNormalization: true }).getReader();
  for (;;) {
    const { value, done }: { value?: Chunk; done: boolean } = await fromEngine(() => reader.read());
    if (done || !value) break;
    Object.assign(styles, value.styles);
    for (const item of value.items) {
      if (!item.str || item.str.trim() === '') continue;
      result.runs.push(toRun(item, viewport.transform, styles[item.fontName]?.vertical === true));
      result.characters += item.str.length;
    }
    if (result.characters > limit) {
      result.cut = true;
      await reader.cancel(new Error('more characters than a page may hold'));
      break;
    }
  }
  const annotations = await visibleAnnotations(page);
  for (const run of annotations.flatMap((each) => annotationRuns(each, viewport.transform))) {
    result.runs.push(run);
    result.characters += run.text.length;
  }
  result.ink = annotations.filter(isHandwork).map(({ rect }) => boxOf(rect, viewport.transform));
  result.marks = annotations.flatMap((each) => annotationShapes(each, viewport.transform));
  return result;
}

/** A page scanned askew leans less than this part of a quarter turn (3 degrees); a stamp laid over a form leans more. */
const SLANT = 1 / 30;

function toRun(item: Chunk['items'][number], view: number[], vertical: boolean): TextRun {
  const [a, b, c, d, e, f] = multiply(view, item.transform);
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  // down the page y grows, so a quarter turn to the left has a negative angle
  const turn = Math.atan2(b, a) / (Math.PI / 2);
  const quarter = Math.round(turn);
  const blanks = item.str.length - item.str.trimStart().length;
  const letters = item.str.length || 1;
  const shift = blanks ? (item.width * blanks) / letters : 0;
  const angle = Math.abs(turn - quarter) > SLANT ? SLANTED : (quarter + 4) % 4;
  const along = [shift, 0, -shift, 0, 0][angle] as number;
  const across = [0, shift, 0, -shift, 0][angle] as number;
  return {
    text: item.str.trim(),
    font: item.fontName,
    x: e + along,
    baseline: f + across,
    width: vertical ? size : item.width * (item.str.trim().length / letters),
    size,
    angle,
  };
}

async function visibleAnnotations(page: PDFPageProxy): Promise<Annotation[]> {
  const annotations = (await fromEngine(() => page.getAnnotations({ intent: 'display' }))) as Annotation[];
  return annotations.filter(({ hidden, annotationFlags = 0 }) => !hidden && (annotationFlags & UNSEEN) === 0);
}
/** Flags Invisible, Hidden and NoView (ISO 32000-1 table 165). */
const UNSEEN = 0b10_0011;

/** A signature by pen, a stamp, an electronic signature. */
const isHandwork = ({ subtype, fieldType, fieldValue }: Annotation): boolean =>
  subtype === 'Ink' || subtype === 'Stamp' || (fieldType === 'Sig' && Boolean(fieldValue));

/** Form fields and free text are outside the text layer; a reader sees them as part of the page. */
function annotationRuns(annotation: Annotation, view: number[]): TextRun[] {
  const text = annotationText(annotation);
  return text ? annotationLines(annotation, text, view) : [];
}

function annotationText(annotation: Annotation): string {
  if (annotation.subtype === 'FreeText') return annotation.contentsObj?.str ?? '';
  if (annotation.subtype !== 'Widget') return '';
  const { fieldType, fieldValue } = annotation;
  if (fieldType === 'Btn') {
    if (annotation.checkBox) return isOn(fieldValue, annotation.exportValue) ? '☑' : '□';
    if (annotation.radioButton) return isOn(fieldValue, annotation.buttonValue) ? '☑' : '□';
    return '';
  }
  if (Array.isArray(fieldValue)) return fieldValue.join(' ');
  return typeof fieldValue === 'string' ? fieldValue : '';
}

const isOn = (value: unknown, on: string | undefined): boolean =>
  typeof value === 'string' && value !== 'Off' && value !== '' && (on === undefined || value === on);

function annotationLines(annotation: Annotation, text: string, view: number[]): TextRun[] {
  const { x: left, y: top, right, bottom } = boxOf(annotation.rect, view);
  const [width, height] = [right - left, bottom - top];
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const step = height / Math.max(lines.length, 1);
  const size = Math.min(annotation.defaultAppearanceData?.fontSize || 10, step);
  return lines.map((line, i) => ({
    text: line.trim(),
    x: left + 1,
    baseline: top + step * (i + 0.5) + size * 0.36,
    width: Math.min(width, line.trim().length * size),
    size,
    angle: 0,
  }));
}

/** A rectangle of the file on the page as seen. */
function boxOf([x1, y1, x2, y2]: Annotation['rect'], view: number[]): Box {
  const [, , , , x, y] = multiply(view, [1, 0, 0, 1, x1, y1]);
  const [, , , , u, v] = multiply(view, [1, 0, 0, 1, x2, y2]);
  return { x: Math.min(x, u), y: Math.min(y, v), right: Math.max(x, u), bottom: Math.max(y, v) };
}
