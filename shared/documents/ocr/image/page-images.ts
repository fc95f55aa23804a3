import type { Canvas, Image } from '@napi-rs/canvas';
import { readOrientation } from './exif-orientation.ts';
import { type GrayImage, grayFromRgba, turnQuarters } from './gray-image.ts';
import { openForDrawing } from './pdf-for-drawing.ts';
import { MOST_PIXELS, imageTrouble } from './image-trouble.ts';
import { isTiff, tiffToPdf } from './tiff-to-pdf.ts';

/** One page as a picture, or why it is none. */
export type PageImage = { page: number; image: GrayImage } | { page: number; trouble: string };

/** A page is drawn, or taken to be photographed, at this density; more only costs time. */
const DRAWN_DPI = 300;
/** Long side of A4 in inches: what a photo or a scan without a density is taken to show. */
const PAGE_INCHES = 11.69;

/**
 * The pages of a PDF, JPEG, PNG or TIFF as gray pictures, one at a time.
 * A page that cannot be made a picture says why, in Japanese. Throws only when the whole file cannot be opened.
 * @param wanted pages of interest (1-based); without it, all
 */
export async function* pageImages(bytes: Uint8Array, wanted?: number[]): AsyncGenerator<PageImage> {
  if (isTiff(bytes)) yield* pdfPages(tiffToPdf(bytes), wanted);
  else if (isPdf(bytes)) yield* pdfPages(bytes, wanted);
  else {
    const trouble = imageTrouble(bytes);
    yield trouble ? { page: 1, trouble } : { page: 1, image: await decodePicture(bytes) };
  }
}

const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(1024, bytes.length)).includes('%PDF-');

/** JPEG or PNG (and whatever else the drawing library knows). A phone says in EXIF how it was held. */
async function decodePicture(bytes: Uint8Array): Promise<GrayImage> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const picture: Image = await loadImage(Buffer.from(bytes));
  const { width, height } = picture;
  if (width * height > MOST_PIXELS) throw new Error('too many pixels');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  return turnQuarters(withDensity(grayOf(canvas, 0)), readOrientation(bytes));
}

function grayOf(canvas: Canvas, dpi: number): GrayImage {
  const { width, height } = canvas;
  return grayFromRgba(canvas.getContext('2d').getImageData(0, 0, width, height).data, width, height, dpi);
}

/** A picture that does not say its density, or says what cannot be, is taken for a sheet of A4. */
function withDensity(image: GrayImage): GrayImage {
  const long = Math.max(image.width, image.height);
  const isCredible = image.dpi >= 100 && long / image.dpi > 3 && long / image.dpi < 25;
  return isCredible ? image : { ...image, dpi: long / PAGE_INCHES };
}

/** Draws the pages, so that pictures in strips, masks, turns and letters drawn as shapes all come out as one sees them. */
async function* pdfPages(bytes: Uint8Array, wanted?: number[]): AsyncGenerator<PageImage> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const pdf = await openForDrawing(bytes);
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      if (wanted && !wanted.includes(number)) continue;
      const page = await pdf.getPage(number);
      try {
        const viewport = page.getViewport({ scale: DRAWN_DPI / 72 });
        const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
        if (width * height > MOST_PIXELS) {
          yield { page: number, trouble: 'ページが大きすぎます' };
          continue;
        }
        const canvas = createCanvas(width, height);
        await page.render({
          canvas: canvas as never,
          canvasContext: canvas.getContext('2d') as never,
          viewport,
          background: 'white',
        }).promise;
        yield { page: number, image: grayOf(canvas, DRAWN_DPI) };
      } catch {
        yield { page: number, trouble: '画像を取り出せません' };
      } finally {
        page.cleanup();
      }
    }
  } finally {
    await pdf.destroy();
  }
}
