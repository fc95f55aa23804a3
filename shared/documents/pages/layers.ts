import type { PDFDocumentProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';
import type { IsShown } from './graphics-state.ts';

/** Which layers (optional content) of a file a person sees when they open it. */
export async function shownLayers(pdf: PDFDocumentProxy): Promise<IsShown> {
  const layers = await fromEngine(() => pdf.getOptionalContentConfig({ intent: 'display' }));
  return (group) => group === null || group === undefined || layers.isVisible(group) !== false;
}
