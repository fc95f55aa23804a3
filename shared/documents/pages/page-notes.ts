import type { PDFPageProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';
import type { Annotation } from './annotation.ts';
import { annotationShapes } from './annotation-shapes.ts';
import { type Box, boxAround, type Matrix, onPage } from './geometry.ts';
import type { Shape } from './page-shapes.ts';
import type { TextRun } from './page-text.ts';

/** What a page has beside its contents: form fields, notes, signatures. */
export interface PageNotes {
  /** values of form fields and notes written on the page */
  runs: TextRun[];
  /** rings and lines drawn on it as notes */
  marks: Shape[];
  /** where the page was signed or stamped by hand, in a way that is no text */
  ink: Box[];
}

export async function pageNotes(page: PDFPageProxy): Promise<PageNotes> {
  const { transform } = page.getViewport({ scale: 1 });
  const annotations = await visibleAnnotations(page);
  return {
    runs: annotations.flatMap((each) => annotationRuns(each, transform)),
    marks: annotations.flatMap((each) => annotationShapes(each, transform)),
    ink: annotations.filter(isHandwork).map(({ rect }) => boxOf(rect, transform)),
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
  return boxAround([onPage(view as Matrix, x1, y1), onPage(view as Matrix, x2, y2)]);
}
