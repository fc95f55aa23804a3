/**
 * Run by the bundler: `node infra/bundle-assets.ts <output folder> <what> …` puts what a function reads from disk beside its bundle.
 * profiles: the rules. pdfjs: character maps, fonts and worker (without them a Japanese PDF gives an empty text, silently),
 * and the reader, a program of its own that the function starts to read PDFs apart from itself.
 * tesseract: the OCR reader, likewise a program of its own, with language data, engine and drawing library.
 */
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { drawingLibrary } from './drawing-library.ts';

const root = resolve(import.meta.dirname, '..');
const FROM: Record<string, [from: string, to: string][]> = {
  profiles: [['profiles', 'profiles']],
  web: [['web', 'web']],
  pdfjs: [
    ['node_modules/pdfjs-dist/cmaps', 'pdfjs/cmaps'],
    ['node_modules/pdfjs-dist/standard_fonts', 'pdfjs/standard_fonts'],
    ['node_modules/pdf-parse/dist/worker/pdf.worker.mjs', 'pdf.worker.mjs'],
    ['node_modules/pdf-parse/dist/worker/pdf.worker.mjs', 'pdfjs/pdf.worker.mjs'],
  ],
  tesseract: [
    ['node_modules/@tesseract.js-data/jpn/4.0.0_best_int', 'tesseract'],
    ...['core-relaxedsimd', 'core-simd', 'core'].map((core): [string, string] => [
      `node_modules/tesseract.js-core/tesseract-${core}.wasm`,
      `tesseract/tesseract-${core}.wasm`,
    ]),
  ],
};

const [output, ...what] = process.argv.slice(2);
if (!output) throw new Error('usage: node infra/bundle-assets.ts <output folder> <what> …');
const carry = (from: string, to: string): void => {
  if (!existsSync(join(root, from))) throw new Error(`${from} is missing: run npm ci`);
  cpSync(join(root, from), join(output, to), { recursive: true });
};
for (const name of what) for (const [from, to] of FROM[name] ?? []) carry(from, to);
if (what.includes('tesseract'))
  for (const name of drawingLibrary())
    carry(`node_modules/@napi-rs/${name}`, `node_modules/@napi-rs/${name}`);
const program = (entry: string, outfile: string): void => {
  buildSync({
    entryPoints: [join(root, entry)],
    outfile: join(output, outfile),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['@napi-rs/canvas'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
};
if (what.includes('pdfjs')) program('shared/documents/pdf/pdf-process.ts', 'pdf.mjs');
if (what.includes('tesseract')) {
  program('shared/documents/ocr/ocr-process.ts', 'ocr.mjs');
  buildSync({
    entryPoints: [join(root, 'node_modules/tesseract.js/src/worker-script/node/index.js')],
    outfile: join(output, 'tesseract/worker.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
  });
}
