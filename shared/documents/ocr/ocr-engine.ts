import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PSM, Worker } from 'tesseract.js';
import { UnreadableFile } from '../unreadable-file.ts';
import { type GrayImage, toPgm } from './image/gray-image.ts';

/** One letter, with its position in pixels, which the engine only estimates. */
export interface OcrLetter {
  text: string;
  /** the engine begins a word with it; in Japanese that means little */
  beginsWord: boolean;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** 0–100, the engine's own estimate */
  confidence: number;
}

export interface OcrLine {
  letters: OcrLetter[];
  y0: number;
  y1: number;
}

/** The text of one image. Positions are pixels of that image. */
export interface OcrResult {
  lines: OcrLine[];
  /** 0–100, the engine's own estimate */
  confidence: number;
}

/** A piece of a cleaned page: one row of print, or a block whose rows could not be separated. */
export interface OcrImage {
  image: GrayImage;
  isBlock: boolean;
}

/** Recognises characters in pieces of cleaned pages. */
export interface OcrEngine {
  /** one result for each image, in their order */
  read(images: OcrImage[]): Promise<OcrResult[]>;
  close(): Promise<void>;
}

/** Page segmentation modes of tesseract: one line of text; letters anywhere, in no order. */
const ONE_LINE = '7';
const SPARSE_TEXT = '11';
/** the neural engine alone; the language data holds no other */
const LSTM_ONLY = 1;

/** A page that takes longer is given up: no document, or an attack. */
const LONGEST_SECONDS = 120;

/**
 * Starts tesseract with the installed Japanese data; nothing is fetched and nothing is written.
 * A start costs about a second, so one engine serves many pages. Throws when the language data is missing.
 * `read` throws UnreadableFile when it takes too long; the engine is then started anew for the next page.
 */
export async function openOcrEngine(longestSeconds: number = LONGEST_SECONDS): Promise<OcrEngine> {
  let worker: Promise<Worker> | null = startWorker();
  await worker;
  return {
    async read(images) {
      worker ??= startWorker();
      const results = await inTime(recogniseAll(await worker, images), longestSeconds);
      if (results) return results;
      const stuck = await worker;
      worker = null;
      await stuck.terminate();
      throw new UnreadableFile(
        '文字の読み取りに失敗しました',
        new Error(`no text within ${longestSeconds} s`),
      );
    },
    close: async () => {
      await (await worker)?.terminate();
      worker = null;
    },
  };
}

async function startWorker(): Promise<Worker> {
  const folder = languageFolder();
  // The library is CommonJS and looks for its own folder on loading; in a bundle it has none.
  Object.assign(globalThis, { __dirname: import.meta.dirname });
  const { createWorker } = (await import('tesseract.js')).default as typeof import('tesseract.js');
  const worker = await createWorker('jpn', LSTM_ONLY, {
    langPath: folder,
    gzip: existsSync(join(folder, 'jpn.traineddata.gz')),
    cacheMethod: 'none',
    // a bundle carries the thread's program beside the language data
    ...(existsSync(join(folder, 'worker.cjs')) && { workerPath: join(folder, 'worker.cjs') }),
  });
  await worker.setParameters({ preserve_interword_spaces: '1', user_defined_dpi: '300' });
  return worker;
}

/** The page segmentation mode is set once for all rows and once for all blocks: setting it costs as much as a word. */
async function recogniseAll(worker: Worker, images: OcrImage[]): Promise<OcrResult[]> {
  const results = new Map<OcrImage, OcrResult>();
  for (const isBlock of [false, true]) {
    const alike = images.filter((each) => each.isBlock === isBlock);
    if (alike.length === 0) continue;
    await worker.setParameters({ tessedit_pageseg_mode: (isBlock ? SPARSE_TEXT : ONE_LINE) as PSM });
    for (const each of alike) results.set(each, await recognise(worker, each.image));
  }
  return images.map((each) => results.get(each) as OcrResult);
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
  // once it is late, its end no longer matters
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
