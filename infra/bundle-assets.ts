/**
 * Run by the bundler: `node infra/bundle-assets.ts <output folder> <asset> …` copies the files that a function reads from
 * disk beside its bundle.
 * profiles: the rules. web: the page, built. fonts: what letters are drawn in, and the library that draws them, which a
 * start without a letter does not parse. pdfjs: character maps, fonts, decoders and worker (without them a Japanese PDF
 * silently gives an empty text),
 * and the program that reads PDFs in its own process. pages: the program that takes pages out of PDFs and Office files. containers: the program that opens mails and archives, with its decoder.
 * tesseract: the OCR program, which runs in its own process too, with
 * language data, engine, drawing library and the decoder of HEIC.
 */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { buildWeb } from './build-web.ts';
import { drawingLibrary } from './drawing-library.ts';

const root = resolve(import.meta.dirname, '..');
const ASSETS: Record<string, [from: string, to: string][]> = {
  profiles: [['profiles', 'profiles']],
  fonts: ['400Regular', '700Bold'].map((name): [string, string] => [
    `node_modules/@expo-google-fonts/biz-udgothic/${name}/BIZUDGothic_${name}.ttf`,
    `fonts/BIZUDGothic_${name}.ttf`,
  ]),
  pdfjs: [
    ['node_modules/pdfjs-dist/cmaps', 'pdfjs/cmaps'],
    ['node_modules/pdfjs-dist/standard_fonts', 'pdfjs/standard_fonts'],
    ['node_modules/pdfjs-dist/wasm', 'pdfjs/wasm'],
    ['node_modules/pdf-parse/dist/worker/pdf.worker.mjs', 'pdf.worker.mjs'],
    ['node_modules/pdf-parse/dist/worker/pdf.worker.mjs', 'pdfjs/pdf.worker.mjs'],
  ],
  containers: [['node_modules/libarchive-wasm/dist/libarchive.wasm', 'libarchive.wasm']],
  tesseract: [
    ['node_modules/@tesseract.js-data/jpn/4.0.0_best_int', 'tesseract'],
    // A file of its own, which anyone may exchange: LGPL.
    ['node_modules/libheif-js', 'node_modules/libheif-js'],
    ...['core-relaxedsimd', 'core-simd', 'core'].map((core): [string, string] => [
      `node_modules/tesseract.js-core/tesseract-${core}.wasm`,
      `tesseract/tesseract-${core}.wasm`,
    ]),
  ],
};

const [output, ...assets] = process.argv.slice(2);
if (!output) throw new Error('usage: node infra/bundle-assets.ts <output folder> <asset> …');
const copy = (from: string, to: string): void => {
  if (!existsSync(join(root, from))) throw new Error(`${from} is missing: run npm ci`);
  cpSync(join(root, from), join(output, to), { recursive: true });
};
if (assets.includes('web')) cpSync(await buildWeb(), join(output, 'web'), { recursive: true });
for (const name of assets) for (const [from, to] of ASSETS[name] ?? []) copy(from, to);
if (assets.includes('tesseract'))
  for (const name of drawingLibrary()) copy(`node_modules/@napi-rs/${name}`, `node_modules/@napi-rs/${name}`);
const bundleProgram = (entry: string, outfile: string): void => {
  buildSync({
    entryPoints: [join(root, entry)],
    outfile: join(output, outfile),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['@napi-rs/canvas', 'libheif-js'],
    // what libraries for CommonJS expect to be there
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname;",
    },
  });
};
if (assets.includes('fonts')) {
  bundleProgram('node_modules/pdfkit/js/pdfkit.node.mjs', 'node_modules/pdfkit/index.mjs');
  writeFileSync(join(output, 'node_modules/pdfkit/package.json'), '{ "main": "index.mjs" }\n');
}
if (assets.includes('containers'))
  bundleProgram('shared/packet/containers/container-process.ts', 'containers.mjs');
if (assets.includes('pages')) bundleProgram('shared/documents/pdf/pages-process.ts', 'pages.mjs');
if (assets.includes('pdfjs')) bundleProgram('shared/documents/pdf/pdf-process.ts', 'pdf.mjs');
if (assets.includes('tesseract')) {
  bundleProgram('shared/documents/ocr/ocr-process.ts', 'ocr.mjs');
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
