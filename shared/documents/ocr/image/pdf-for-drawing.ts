import type { PDFDocumentProxy } from 'pdfjs-dist';
import { engineFiles } from '../../pages/pdf-engine.ts';

/**
 * Opens a PDF for drawing its pages: unlike the reader of text, with pictures decoded.
 * The caller must `destroy()` what it gets. Throws what pdfjs throws.
 */
export async function openForDrawing(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  await lendDrawingClasses();
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as typeof import('pdfjs-dist');
  const files = engineFiles();
  pdfjs.GlobalWorkerOptions.workerSrc = files.worker;
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: files.cMapUrl,
    cMapPacked: true,
    standardFontDataUrl: files.standardFontDataUrl,
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    throw error;
  }
}

/** The reader of text leaves empty classes in these places; drawing needs real ones. pdfjs looks them up when it draws. */
async function lendDrawingClasses(): Promise<void> {
  const { DOMMatrix, ImageData, Path2D } = await import('@napi-rs/canvas');
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
}
