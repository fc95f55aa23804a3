import type { PDFDocumentProxy } from 'pdfjs-dist';
import { engineFiles } from '../../pages/pdf-engine.ts';
import { asUnreadable } from '../../unreadable-file.ts';

/**
 * Opens a PDF for drawing its pages: unlike the reader of text, with images decoded.
 * The caller must `destroy()` it.
 * @param isStrict what pdfjs cannot read ends the page; else it is left out
 * @throws UnreadableFile when pdfjs cannot open it
 */
export async function openForDrawing(bytes: Uint8Array, isStrict = false): Promise<PDFDocumentProxy> {
  await defineDrawingClasses();
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as typeof import('pdfjs-dist');
  const files = engineFiles();
  pdfjs.GlobalWorkerOptions.workerSrc = files.worker;
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: files.cMapUrl,
    cMapPacked: true,
    standardFontDataUrl: files.standardFontDataUrl,
    wasmUrl: files.wasmUrl,
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: isStrict,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    throw asUnreadable(error, '画像を開けません');
  }
}

/** The reader of text defines empty classes; drawing needs the real ones. pdfjs looks them up when it draws. */
async function defineDrawingClasses(): Promise<void> {
  const { DOMMatrix, ImageData, Path2D } = await import('@napi-rs/canvas');
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
}
