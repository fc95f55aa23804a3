import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'tesseract.js';
import { type GrayImage, toPgm } from './image/gray-image.ts';

/** One letter, with its place in pixels, which the engine only estimates. */
export interface OcrLetter {
  text: string;
  /** the engine sees a word beginning here; in Japanese that means little */
  beginsWord: boolean;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** 0–100, the engine's own opinion */
  confidence: number;
}

export interface OcrLine {
  letters: OcrLetter[];
  y0: number;
  y1: number;
}

/** What one picture says. Places are pixels of that picture. */
export interface OcrResult {
  lines: OcrLine[];
  /** 0–100, the engine's own opinion */
  confidence: number;
}

/** A piece of a cleaned page: one row of print, or a block in which nobody could tell rows apart. */
export interface OcrImage {
  image: GrayImage;
  isBlock: boolean;
}

/** Reads characters from pieces of cleaned pages. */
export interface OcrEngine {
  /** one answer for each picture, in their order */
  read(pictures: OcrImage[]): Promise<OcrResult[]>;
  close(): Promise<void>;
}

/** What the engine calls its ways of looking at a picture: one line; letters wherever they stand, in no order. */
const ONE_LINE = '7';
const SPARSE_TEXT = '11';
/** the neural reader alone; the language data holds no other */
const LSTM_ONLY = 1;

/** Pictures of a page that take longer are given up: no document, or an attack. Seconds. */
const LONGEST = 120;

/**
 * Starts tesseract with the Japanese data that travels with the program; nothing is fetched and nothing is written.
 * A start costs about a second, so one engine serves many pages. Throws when the language data is not there.
 * `read` throws when it takes too long; the engine is then started anew for the next page.
 */
export async function openOcrEngine(longest: number = LONGEST): Promise<OcrEngine> {
  let worker: Promise<Worker> | null = startWorker();
  await worker;
  return {
    async read(pictures) {
      worker ??= startWorker();
      const texts = await inTime(recogniseAll(await worker, pictures), longest);
      if (texts) return texts;
      const stuck = await worker;
      worker = null;
      await stuck.terminate();
      throw new Error(`no text within ${longest} s`);
    },
    close: async () => {
      await (await worker)?.terminate();
      worker = null;
    },
  };
}

async function startWorker(): Promise<Worker> {
  const folder = languageFolder();
  // The library is made for CommonJS and looks for its own folder when it is loaded; in a bundle nobody says which.
  Object.assign(globalThis, { __dirname: import.meta.dirname });
  const { createWorker } = (await import('tesseract.js')).default as typeof import('tesseract.js');
  const worker = await createWorker('jpn', LSTM_ONLY, {
    langPath: folder,
    gzip: existsSync(join(folder, 'jpn.traineddata.gz')),
    cacheMethod: 'none',
    // beside a bundle the thread's program travels with the language data
    ...(existsSync(join(folder, 'worker.cjs')) && { workerPath: join(folder, 'worker.cjs') }),
  });
  await worker.setParameters({ preserve_interword_spaces: '1', user_defined_dpi: '300' });
  return worker;
}

/** The engine is told what to expect once for all rows and once for all blocks: telling it costs as much as reading a word. */
async function recogniseAll(worker: Worker, pictures: OcrImage[]): Promise<OcrResult[]> {
  const texts = new Map<OcrImage, OcrResult>();
  for (const isBlock of [false, true]) {
    const alike = pictures.filter((picture) => picture.isBlock === isBlock);
    if (alike.length === 0) continue;
    await worker.setParameters({ tessedit_pageseg_mode: (isBlock ? SPARSE_TEXT : ONE_LINE) as never });
    for (const picture of alike) texts.set(picture, await recognise(worker, picture.image));
  }
  return pictures.map((picture) => texts.get(picture) as OcrResult);
}

async function recognise(worker: Worker, image: GrayImage): Promise<OcrResult> {
  const { data } = await worker.recognize(toPgm(image), {}, { text: false, blocks: true });
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap(({ lines }) => lines));
  return {
    confidence: data.confidence,
    lines: lines.map(({ bbox, words }) => ({
      y0: bbox.y0,
      y1: bbox.y1,
      letters: words.flatMap(({ symbols }) =>
        symbols.map(({ text, bbox: place, confidence }, i) => ({
          text,
          ...place,
          confidence,
          beginsWord: i === 0,
        })),
      ),
    })),
  };
}

async function inTime<T>(work: Promise<T>, seconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  // once it is late, nobody listens to how it ends
  work.catch(() => {});
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The folder UKETSUKE_TESSERACT names, one beside the bundle, or the installed package. */
function languageFolder(): string {
  const beside = fileURLToPath(new URL('./tesseract', import.meta.url));
  const folders = [process.env.UKETSUKE_TESSERACT, beside, installedFolder()];
  const found = folders.find((folder) => folder && DATA.some((name) => existsSync(join(folder, name))));
  if (!found) throw new Error(`jpn.traineddata was not found in: ${folders.filter(Boolean).join(', ')}`);
  return found;
}

const DATA = ['jpn.traineddata.gz', 'jpn.traineddata'];

function installedFolder(): string | undefined {
  try {
    const installed = createRequire(import.meta.url).resolve('@tesseract.js-data/jpn/package.json');
    return join(dirname(installed), '4.0.0_best_int');
  } catch {
    return undefined;
  }
}
