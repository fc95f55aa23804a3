import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STACK, synthesize } from '../../infra/synthesize.ts';
import type { DecisionContext } from '../../shared/decision/decision-context.ts';
import { decideUpload } from '../../shared/flow.ts';
import { lzh } from '../builders/lzh.ts';
import { zipOf } from '../builders/zip.ts';

// The code as Lambda gets it: one file and the folders beside it, without node_modules.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bundle-'));
let bundles: Record<string, string>;

beforeAll(() => {
  const assembly = synthesize({ outdir: join(folder, 'cdk.out'), bundle: true });
  // biome-ignore lint/suspicious/noExplicitAny: a template is free-form
  const resources = Object.values(assembly.getStackByName(STACK).template.Resources) as any[];
  bundles = Object.fromEntries(
    resources
      .filter((one) => one.Type === 'AWS::Lambda::Function')
      .map((fn) => [
        String(fn.Metadata['uketsuke:entry']).split('/')[1],
        join(folder, 'cdk.out', `asset.${fn.Properties.Code.S3Key.replace('.zip', '')}`),
      ]),
  );
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('every bundle', () => {
  it('loads without node_modules and exports its handler', () => {
    for (const [name, path] of Object.entries(bundles)) {
      const script = `const m = await import(${JSON.stringify(join(path, 'index.mjs'))}); console.log(typeof m.handler)`;
      const { stdout, stderr } = run(script, path);
      expect(`${name} ${stdout.trim()} ${stderr}`).toBe(`${name} function `);
    }
  });

  it('of a function that reads documents contains the rules, the character maps, the fonts and the workers', () => {
    for (const name of ['intake', 'ocr'])
      for (const file of [
        'profiles/national.yaml',
        'pdfjs/cmaps',
        'pdfjs/standard_fonts',
        'pdfjs/wasm/openjpeg.wasm',
        'pdfjs/pdf.worker.mjs',
        'pdf.mjs',
      ])
        expect(existsSync(join(bundles[name]!, file)), `${name} ${file}`).toBe(true);
    for (const name of ['intake', 'ocr', 'api'])
      for (const file of ['containers.mjs', 'libarchive.wasm'])
        expect(existsSync(join(bundles[name]!, file)), `${name} ${file}`).toBe(true);
    expect(existsSync(join(bundles.ocr!, 'node_modules/libheif-js/wasm-bundle.js'))).toBe(true);
    expect(existsSync(join(bundles.api!, 'web/index.html'))).toBe(true);
    expect(existsSync(join(bundles.api!, 'fonts/BIZUDGothic_400Regular.ttf'))).toBe(true);
  });
});

describe('the drawing library', () => {
  it('is beside each bundle that draws, and draws in its fonts', () => {
    const drawing = Object.entries(bundles).filter(([, path]) =>
      readFileSync(join(path, 'index.mjs'), 'utf8').includes('import("pdfkit")'),
    );
    expect(drawing.map(([name]) => name)).toEqual(['api']);
    const script = `
      const { default: PDFDocument } = await import('pdfkit');
      const doc = new PDFDocument({ font: null });
      doc.registerFont('regular', 'fonts/BIZUDGothic_400Regular.ttf');
      let bytes = '';
      doc.on('data', (chunk) => { bytes += chunk.toString('latin1'); });
      doc.on('end', () => console.log(bytes.slice(0, 5), bytes.includes('BIZUDGothic')));
      doc.font('regular').text('返却のお知らせ').end();`;
    const { stdout, stderr } = run(script, bundles.api!);
    expect(`${stdout.trim()} ${stderr}`).toBe('%PDF- true ');
  });
});

describe('the reader in the bundle of the intake', () => {
  it('reads Japanese PDFs, also those whose fonts are not embedded, as the sources do', async () => {
    const file = join(ROOT, 'samples/packets/kumamoto-bulk.zip');
    const lambda = join(folder, 'var-task');
    cpSync(bundles.intake!, lambda, { recursive: true });
    const from = { name: 'kumamoto-bulk.zip', file };
    const desk: DecisionContext = { registries: [], today: '2026-06-12', received: '2026-06-12' };
    const expected = [];
    for await (const one of decideUpload(from, desk)) expected.push(one.documents);
    expect(expected.flat().filter((document) => document.read_by === 'text').length).toBeGreaterThan(0);

    const env = {
      UKETSUKE_PROFILES: join(lambda, 'profiles'),
      UKETSUKE_PDFJS: join(lambda, 'pdfjs'),
      UKETSUKE_PDF_PROGRAM: join(lambda, 'pdf.mjs'),
    };
    const script = `
      const { decideUpload } = await import(${JSON.stringify(join(ROOT, 'shared/flow.ts'))});
      const all = [];
      for await (const one of decideUpload(${JSON.stringify(from)}, ${JSON.stringify(desk)})) all.push(one.documents);
      console.log(JSON.stringify(all));`;
    const { stdout, stderr } = run(script, lambda, env);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});

describe('the opener of archives in the bundle of the intake', () => {
  it('opens an archive as the sources do', () => {
    const file = join(folder, 'upload.zip');
    writeFileSync(file, zipOf({ '評価表.lzh': lzh('hyoka.pdf', Buffer.from('%PDF-1.7')) }));
    const script = `
      const { openUpload } = await import(${JSON.stringify(join(ROOT, 'shared/packet/open-upload.ts'))});
      const { groups } = await openUpload(${JSON.stringify({ name: 'upload.zip', file })});
      console.log(groups.flatMap(({ entries }) => entries.map(({ path }) => path)).join());`;
    const env = {
      UKETSUKE_CONTAINER_PROGRAM: join(bundles.intake!, 'containers.mjs'),
      UKETSUKE_LIBARCHIVE: join(bundles.intake!, 'libarchive.wasm'),
    };
    const { stdout, stderr } = run(script, bundles.intake!, env);
    expect(`${stdout.trim()} ${stderr}`).toBe('評価表.lzh/hyoka.pdf ');
  });
});

const run = (script: string, cwd: string, env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
