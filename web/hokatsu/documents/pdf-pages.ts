import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { Box, PlacedText } from './boxes.ts';

// Loaded with the first PDF. Character maps and fonts come from this page's own folder: without them a Japanese PDF
// whose fonts are not embedded shows blanks.
GlobalWorkerOptions.workerSrc = workerUrl;

const urlsOf = (found: Record<string, string>): Map<string, string> =>
  new Map(Object.entries(found).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));
const CMAPS = urlsOf(
  import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
);
const FONTS = urlsOf(
  import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
);
const WASM = urlsOf(
  import.meta.glob<string>('../../../node_modules/pdfjs-dist/wasm/*.wasm', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
);

async function fetchAsset(assets: Map<string, string>, name: string): Promise<Uint8Array> {
  const url = assets.get(name);
  const response = url ? await fetch(url) : null;
  if (!response?.ok) throw new Error(`no asset ${name}`);
  return new Uint8Array(await response.arrayBuffer());
}

class CMapReaderFactory {
  fetch = async ({ name }: { name: string }) => ({
    cMapData: await fetchAsset(CMAPS, `${name}.bcmap`),
    isCompressed: true,
  });
}
class StandardFontDataFactory {
  fetch = ({ filename }: { filename: string }) => fetchAsset(FONTS, filename);
}
class WasmFactory {
  fetch = ({ filename }: { filename: string }) => fetchAsset(WASM, filename);
}

export const openPdf = (data: Uint8Array): Promise<PDFDocumentProxy> =>
  getDocument({ data, CMapReaderFactory, StandardFontDataFactory, WasmFactory, isEvalSupported: false })
    .promise;

/** Points of a PDF are 1/72 inch: twice as many pixels can be read on every screen. */
const SCALE = 2;

/** One page as a picture. */
export async function drawPage(pdf: PDFDocumentProxy, number: number): Promise<ImageBitmap> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: SCALE });
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  await addJapaneseFont(canvas, page);
  await page.render({ canvas, viewport }).promise;
  return createImageBitmap(canvas);
}

const JAPANESE = '"BIZ UDPGothic"';

/**
 * A font that is not in the PDF is drawn with one of the machine. Where that has no Japanese letters, the font of this page
 * has: it is named after every other, and its parts that have the letters of the page are loaded before.
 */
async function addJapaneseFont(canvas: HTMLCanvasElement, page: PDFPageProxy): Promise<void> {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const { items } = await page.getTextContent();
  const letters = new Set(items.flatMap((item) => ('str' in item ? [...item.str] : [])));
  await document.fonts.load(`16px ${JAPANESE}`, [...letters].join('')).catch(() => []);
  const font = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'font');
  Object.defineProperty(context, 'font', {
    get: () => font?.get?.call(context),
    set: (value: string) => font?.set?.call(context, `${value}, ${JAPANESE}`),
  });
}

/** The text of a page with the place of each piece. */
export async function textOf(pdf: PDFDocumentProxy, number: number): Promise<PlacedText[]> {
  const page: PDFPageProxy = await pdf.getPage(number);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [x = 0, y = 0] = item.transform.slice(4) as number[];
    const [left, base] = [a * x + c * y + e, b * x + d * y + f];
    const box: Box = [
      left / width,
      (base - item.height) / height,
      item.width / width,
      (item.height * 1.2) / height,
    ];
    return [{ text: item.str, box }];
  });
}
