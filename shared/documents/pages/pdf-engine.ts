import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
import { asUnreadable } from '../unreadable-file.ts';
import { directPorts } from './direct-port.ts';

/**
 * The PDF engine is pdfjs-dist, in the version pdf-parse pins. It is called directly and not through pdf-parse,
 * because pdf-parse hides the positions of the characters, and a form cannot be read without them.
 */
type Pdfjs = typeof import('pdfjs-dist');

/** The folders and the worker the engine reads at run time. */
interface EngineFiles {
  cMapUrl: string;
  standardFontDataUrl: string;
  /** decoders of JPEG 2000 and of colour profiles */
  wasmUrl: string;
  worker: string;
}

interface Engine {
  pdfjs: Pdfjs;
  worker: PDFWorker;
}

let engine: Promise<Engine> | undefined;

/**
 * Opens a PDF. The caller must `destroy()` it: pdfjs keeps every document that is not destroyed.
 * @throws UnreadableFile with pdfjs' exception as its reason (PasswordException, InvalidPDFException …)
 */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const { pdfjs, worker } = await loadEngine();
  const files = engineFiles();
  const task = pdfjs.getDocument({
    data: bytes,
    worker,
    cMapUrl: files.cMapUrl,
    cMapPacked: true,
    standardFontDataUrl: files.standardFontDataUrl,
    // The decoders of a process take their folder from the document opened last, also while another one is drawn.
    wasmUrl: files.wasmUrl,
    verbosity: 0,
    isEvalSupported: false,
    // else pdfjs builds the shape of every letter, to draw without the fonts of a browser
    disableFontFace: false,
    // the shapes of letters are never drawn: pdfjs need not load a font in place of one that is only named
    useSystemFonts: true,
    // receives the fonts, so that pdfjs hands them on as they are
    ownerDocument: { fonts: new Set() } as unknown as HTMLDocument,
    enableXfa: false,
    stopAtErrors: false,
    // images are never decoded here: a scanned page costs no more than a blank one
    maxImageSize: 1,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    throw asUnreadable(error);
  }
}

/** Loads the engine at the first PDF and not before: an upload of CSV files never pays for it. */
function loadEngine(): Promise<Engine> {
  engine ??= (async () => {
    defineDrawingGlobals();
    const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as Pdfjs;
    const { WorkerMessageHandler } = (await import(engineFiles().worker)) as WorkerModule;
    const [engineEnd, workerEnd] = directPorts();
    const worker = new pdfjs.PDFWorker({ port: engineEnd as unknown as null, verbosity: 0 });
    WorkerMessageHandler.initializeFromPort(workerEnd);
    return { pdfjs, worker };
  })();
  return engine;
}

interface WorkerModule {
  WorkerMessageHandler: { initializeFromPort(port: unknown): void };
}

/** pdfjs needs these classes on loading, though reading text never draws. Without them it crashes on Lambda. */
function defineDrawingGlobals(): void {
  const globals = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globals[name] ??= class {};
  globals.FontFace ??= NoFontFace;
}

/** A font of a browser, where nothing is drawn. */
class NoFontFace {
  readonly loaded = Promise.resolve();
  load(): Promise<void> {
    return this.loaded;
  }
}

let located: EngineFiles | undefined;

/**
 * Finds CMaps, standard fonts and worker, in this order: the folder UKETSUKE_PDFJS names, a folder `pdfjs` beside
 * the bundle, the bundle's own folder, the installed package.
 * Throws when nothing is found: without CMaps Japanese text would silently be empty.
 */
export function engineFiles(): EngineFiles {
  located ??= locate(candidateFolders());
  return located;
}

function candidateFolders(): URL[] {
  const folders: URL[] = [];
  const named = process.env.UKETSUKE_PDFJS;
  if (named) folders.push(pathToFileURL(`${named}/`));
  folders.push(new URL('./pdfjs/', import.meta.url), new URL('./', import.meta.url));
  try {
    folders.push(new URL('./', import.meta.resolve('pdfjs-dist/package.json')));
  } catch {
    // not installed as a package: the folders travel beside the bundle
  }
  return folders;
}

const WORKERS = ['pdf.worker.mjs', 'pdf.worker.min.mjs', 'legacy/build/pdf.worker.min.mjs'];

function locate(folders: URL[]): EngineFiles {
  for (const folder of folders) {
    const worker = WORKERS.map((name) => new URL(name, folder)).find((url) => existsSync(url));
    const [cmaps, fonts, wasm] = ['cmaps/', 'standard_fonts/', 'wasm/'].map((name) => new URL(name, folder));
    if (worker && cmaps && fonts && wasm && [cmaps, fonts, wasm].every((url) => existsSync(url)))
      return {
        cMapUrl: fileURLToPath(cmaps),
        standardFontDataUrl: fileURLToPath(fonts),
        wasmUrl: fileURLToPath(wasm),
        worker: worker.href,
      };
  }
  throw new Error(
    `The folders cmaps, standard_fonts and wasm and the PDF worker were not found in: ${folders.map(String).join(', ')}`,
  );
}
