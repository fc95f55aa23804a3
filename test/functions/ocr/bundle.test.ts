import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { keikaKiroku } from '../../../samples/lib/forms/keika.ts';
import { scannedPdf } from '../../../samples/lib/raw-pdf.ts';
import { direct } from '../../../samples/sets/iwaki.ts';
import { closeOcrReader, ocrFileIsolated } from '../../../shared/documents/ocr/ocr-file-isolated.ts';
import { aFile } from '../../builders/a-scan.ts';

// The program in the function's bundle, not the source: engine, language data, fonts and drawing library beside it.
const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-scanner-'));

beforeAll(() => {
  const carried = spawnSync(
    process.execPath,
    [join(ROOT, 'infra/bundle-assets.ts'), folder, 'profiles', 'pdfjs', 'tesseract'],
    {
      encoding: 'utf8',
    },
  );
  expect(carried.stderr).toBe('');
});
afterAll(() => {
  closeOcrReader();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('reads a scan with the bundled files alone', async () => {
  expect(existsSync(join(folder, 'tesseract/jpn.traineddata.gz'))).toBe(true);
  for (const [name, value] of [
    ['UKETSUKE_OCR_PROGRAM', 'ocr.mjs'],
    ['UKETSUKE_TESSERACT', 'tesseract'],
    ['UKETSUKE_PDFJS', 'pdfjs'],
    ['UKETSUKE_PROFILES', 'profiles'],
  ] as const)
    vi.stubEnv(name, join(folder, value));
  const record = keikaKiroku(direct, '介護予防支援経過記録', [
    { date: '2024-06-14', text: '＜モニタリング＞　自宅を訪問し、本人と面接。変わりなく過ごしている。' },
  ]);
  const text = await ocrFileIsolated(aFile('記録.pdf', scannedPdf(record, '記録', 200)), [1]);
  expect(text.pages[0]?.state).toBe('text');
  expect(text.pages[0]?.lines.map((line) => line.text).join('\n')).toContain('モニタリング');
});

it('reports a fault of the desk, not of the file, when the language data is missing', async () => {
  closeOcrReader();
  vi.stubEnv('UKETSUKE_TESSERACT', join(folder, 'nowhere'));
  vi.stubEnv('UKETSUKE_OCR_PROGRAM', join(folder, 'ocr.mjs'));
  rmSync(join(folder, 'tesseract'), { recursive: true });
  await expect(ocrFileIsolated(aFile('記録.pdf', Buffer.from('%PDF-1.4')), [1])).rejects.toThrow(
    'does not start',
  );
});
