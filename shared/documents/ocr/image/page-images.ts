import type { Canvas, Image } from '@napi-rs/canvas';
import type { PDFPageProxy } from 'pdfjs-dist';
import { fileType } from '../../../packet/file-type.ts';
import { type OfficeKind, officeKind } from '../../../packet/office-kind.ts';
import { officePicture } from '../../office/open-office.ts';
import { hasPdfHeader } from '../../pages/file-bytes.ts';
import { fromEngine, UnreadableFile } from '../../unreadable-file.ts';
import { decodeHeic } from './decode-heic.ts';
import { readOrientation } from './exif-orientation.ts';
import { type GrayImage, grayFromRgba, turnQuarters } from './gray-image.ts';
import { CANNOT_DECODE, imageTrouble, MOST_PIXELS } from './image-trouble.ts';
import { openForDrawing } from './pdf-for-drawing.ts';
import { isTiff, tiffToPdf } from './tiff-to-pdf.ts';

/** One page as an image, or the reason for its absence: UnreadableFile, or a fault of the program. */
export type PageImage =
  | {
      page: number;
      image: GrayImage;
      /** points of the image for one point of the page; 1 but for a page that is larger than any paper */
      scale: number;
      /** throws UnreadableFile when the page only looks blank, because something on it cannot be decoded */
      whenBlank?: () => Promise<void>;
    }
  | { page: number; error: unknown };

/** Density at which pages are drawn. A higher one only costs time. */
const DRAWN_DPI = 300;
/** Long side of A2 in points: some apps make one point of each pixel, and such a page is taken for a sheet of A4. */
const LARGEST_PAPER = 1700;
/** Long side of A4 in inches: assumed of a photo or a scanned page without a density. */
const PAGE_INCHES = 11.69;

/**
 * The pages of a PDF or TIFF, or a picture, as gray images, one at a time.
 * @param wanted page numbers (from 1); without it, all
 * @throws UnreadableFile when the file as a whole cannot be opened
 */
export async function* pageImages(bytes: Uint8Array, wanted?: number[]): AsyncGenerator<PageImage> {
  if (isTiff(bytes)) yield* pdfPages(tiffToPdf(bytes), wanted);
  else if (officeKind(bytes)) yield* officePictures(bytes, wanted ?? []);
  else if (hasPdfHeader(bytes)) yield* pdfPages(bytes, wanted);
  else yield { page: 1, ...(await pictureOf(bytes)) };
}

type Pictured = { image: GrayImage; scale: number } | { error: unknown };

async function pictureOf(bytes: Uint8Array): Promise<Pictured> {
  try {
    const trouble = imageTrouble(bytes);
    if (trouble) throw new UnreadableFile(trouble);
    return { image: await decodePicture(bytes), scale: 1 };
  } catch (error) {
    return { error };
  }
}

/** Of an Office file only the pictures inside are asked for: its text is read as text. */
async function* officePictures(bytes: Uint8Array, wanted: number[]): AsyncGenerator<PageImage> {
  const kind = officeKind(bytes);
  for (const page of kind ? wanted : [])
    try {
      yield { page, ...(await pictureOf(await officePicture(bytes, kind as OfficeKind, page))) };
    } catch (error) {
      yield { page, error };
    }
}

async function decodePicture(bytes: Uint8Array): Promise<GrayImage> {
  if (fileType(bytes) !== 'heic') return decodeImage(bytes);
  const { width, height, data } = await decodeHeic(bytes, CANNOT_OPEN);
  return withDensity(grayFromRgba(data, width, height, 0));
}

/** What the drawing library decodes. A phone writes into EXIF how it was held. */
async function decodeImage(bytes: Uint8Array): Promise<GrayImage> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const picture: Image = await fromEngine(() => loadImage(Buffer.from(bytes)), CANNOT_OPEN);
  const { width, height } = picture;
  if (width * height > MOST_PIXELS) throw new UnreadableFile(CANNOT_OPEN);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  return turnQuarters(withDensity(grayOf(canvas, 0)), readOrientation(bytes));
}

const CANNOT_OPEN = '画像を開けません';

function grayOf(canvas: Canvas, dpi: number): GrayImage {
  const { width, height } = canvas;
  return grayFromRgba(canvas.getContext('2d').getImageData(0, 0, width, height).data, width, height, dpi);
}

/** Assumes a sheet of A4 where the density is missing or impossible. */
function withDensity(image: GrayImage): GrayImage {
  const long = Math.max(image.width, image.height);
  const isCredible = image.dpi >= 100 && long / image.dpi > 3 && long / image.dpi < 25;
  return isCredible ? image : { ...image, dpi: long / PAGE_INCHES };
}

/** Draws the pages, so that images in strips, masks, rotations and letters drawn as shapes appear as a person sees them. */
async function* pdfPages(bytes: Uint8Array, wanted?: number[]): AsyncGenerator<PageImage> {
  const pdf = await openForDrawing(bytes);
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      if (wanted && !wanted.includes(number)) continue;
      const page = await fromEngine(() => pdf.getPage(number), CANNOT_OPEN);
      try {
        const whenBlank = () => refuseLossy(bytes, number);
        yield { page: number, ...(await drawPage(page)), whenBlank };
      } catch (error) {
        yield { page: number, error };
      } finally {
        page.cleanup();
      }
    }
  } finally {
    await pdf.destroy();
  }
}

async function drawPage(page: PDFPageProxy): Promise<{ image: GrayImage; scale: number }> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const paper = page.getViewport({ scale: 1 });
  const long = Math.max(paper.width, paper.height);
  const scale = long > LARGEST_PAPER ? (PAGE_INCHES * 72) / long : 1;
  const viewport = page.getViewport({ scale: (scale * DRAWN_DPI) / 72 });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  if (width * height > MOST_PIXELS) throw new UnreadableFile('ページが大きすぎます');
  const canvas = createCanvas(width, height);
  // pdfjs' types name the canvas of a browser
  const target = {
    canvas,
    canvasContext: canvas.getContext('2d'),
    viewport,
    background: 'white',
  } as unknown as Parameters<PDFPageProxy['render']>[0];
  await fromEngine(() => page.render(target).promise, CANNOT_DECODE);
  if (hasUndecoded(page)) throw new UnreadableFile(CANNOT_DECODE);
  return { image: grayOf(canvas, DRAWN_DPI), scale };
}

/** pdfjs leaves out a picture that it cannot decode: the page would look as if nothing were there. */
const hasUndecoded = ({ objs, commonObjs }: PDFPageProxy): boolean =>
  [objs, commonObjs].some((some) =>
    [...(some as Iterable<[string, unknown]>)].some(([, data]) => data === null),
  );

/**
 * A stencil that cannot be decoded leaves no trace at all. Where pdfjs has to stop at such things, it stops in
 * silence too, but its list of what to draw ends there.
 */
async function refuseLossy(bytes: Uint8Array, number: number): Promise<void> {
  const [all, upToError] = [await countDrawn(bytes, number, false), await countDrawn(bytes, number, true)];
  if (upToError < all) throw new UnreadableFile(CANNOT_DECODE);
}

async function countDrawn(bytes: Uint8Array, number: number, isStrict: boolean): Promise<number> {
  const pdf = await openForDrawing(bytes, isStrict);
  try {
    const page = await fromEngine(() => pdf.getPage(number), CANNOT_DECODE);
    return (await fromEngine(() => page.getOperatorList(), CANNOT_DECODE)).fnArray.length;
  } finally {
    await pdf.destroy();
  }
}
