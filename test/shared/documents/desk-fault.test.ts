import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadDocument } from '../../../shared/documents/document.ts';
import { applyOcr } from '../../../shared/documents/ocr/apply-ocr.ts';
import type { GrayImage } from '../../../shared/documents/ocr/image/gray-image.ts';
import { ocrFile } from '../../../shared/documents/ocr/ocr-file.ts';
import { closeOcrReader, ocrFileIsolated } from '../../../shared/documents/ocr/ocr-file-isolated.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { PDF_LIMITS } from '../../../shared/documents/pages/pdf-limits.ts';
import { readPdf } from '../../../shared/documents/pdf/read-pdf.ts';
import { readDocuments } from '../../../shared/documents/read-documents.ts';
import { reportFaultsTo } from '../../../shared/faults/report-fault.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { toPng } from '../../builders/a-scan.ts';
import { csvName, packetFile, upyobo } from '../../builders/csv.ts';
import { embeddedPdf } from '../../builders/pdf.ts';
import { withFile, zipOf } from '../../builders/zip.ts';

// Readers with a mistake in them. The message quotes a person, as a real one may.
const mistake = vi.hoisted(() => (): never => {
  throw new TypeError("Cannot read properties of undefined (reading '見本 花子')");
});
const broken = vi.hoisted(() => ({ csv: false, form: false }));
vi.mock('../../../shared/documents/csv/read-csv.ts', async (original) => {
  const real = await original<typeof import('../../../shared/documents/csv/read-csv.ts')>();
  const readCsvFile: typeof real.readCsvFile = (file) => (broken.csv ? mistake() : real.readCsvFile(file));
  return { ...real, readCsvFile };
});
vi.mock('../../../shared/documents/forms/read-form.ts', async (original) => {
  const real = await original<typeof import('../../../shared/documents/forms/read-form.ts')>();
  const readForm: typeof real.readForm = (...form) => (broken.form ? mistake() : real.readForm(...form));
  return { ...real, readForm };
});

let log: string[] = [];
const before = reportFaultsTo((code) => log.push(code));
beforeEach(() => {
  log = [];
  Object.assign(broken, { csv: false, form: false });
});
afterEach(() => {
  closeOcrReader();
  vi.unstubAllEnvs();
});
afterAll(() => void reportFaultsTo(before));

/** The office reads that the desk is at fault; the log has class and place, and no word of the document. */
function expectOurs(
  documents: Pick<ReadDocument, 'outcome' | 'readings' | 'findings'>[],
  file: string,
): void {
  const [document] = documents;
  expect(document).toMatchObject({ outcome: 'unreadable', readings: [] });
  expect(document?.findings).toEqual([
    expect.objectContaining({ code: 'F_FILE_DESK_FAULT', severity: 'review' }),
  ]);
  expect(document?.findings[0]?.where.file).toBe(file);
  expect(document?.findings[0]?.remedy).toContain('事業所の対応は不要です');
  expect(log).not.toEqual([]);
  for (const line of log) expect(line).toMatch(/^TypeError \S/);
  expect(JSON.stringify([log, documents])).not.toContain('花子');
}

const packetOf = (...files: ReturnType<typeof packetFile>[]) => ({
  ...{ name: '見本', digest: '', findings: [], rejected: [] },
  files,
});
const plan = () => embeddedPdf([['介護予防サービス・支援計画書', '利用者名 見本 花子']]);

describe('a TypeError in a reader is not blamed on the office', () => {
  it('of CSV files', async () => {
    broken.csv = true;
    const name = csvName('UPYOBO');
    expectOurs(await readDocuments(packetOf(packetFile(name, upyobo()))), name);
  });

  it('of pages of a PDF', async () => {
    const limits = { ...PDF_LIMITS, ...Object.create(null) };
    Object.defineProperty(limits, 'charactersPerPage', { get: mistake });
    const documents = await readPdf(packetFile('計画書.pdf', await plan()), limits);
    expectOurs(documents, '計画書.pdf');
    expect(documents[0]?.findings[0]?.where.page).toBe(1);
  });

  it('of a whole PDF', async () => {
    const limits = { ...PDF_LIMITS };
    Object.defineProperty(limits, 'pages', { get: mistake });
    expectOurs(await readPdf(packetFile('計画書.pdf', await plan()), limits), '計画書.pdf');
  });

  it('of forms in a PDF', async () => {
    broken.form = true;
    expectOurs(await readPdf(packetFile('計画書.pdf', await plan())), '計画書.pdf');
  });

  it('of scanned pages', async () => {
    const image: GrayImage = { width: 600, height: 800, data: new Uint8Array(480_000).fill(255), dpi: 100 };
    for (let y = 100; y < 700; y += 40)
      for (let x = 100; x < 500; x += 20)
        for (let i = 0; i < 12; i++) image.data.fill(0, (y + i) * 600 + x, (y + i) * 600 + x + 10);
    const file = packetFile('計画書.png', toPng(image));
    const texts = memoryOcrTexts();
    const text = await ocrFile(file, { read: async () => mistake(), close: async () => {} });
    expect(text.pages.map(({ state }) => state)).toEqual(['fault']);
    await texts.put(text);
    expectOurs(await applyOcr(await readDocuments(packetOf(file)), texts), '計画書.png');
  });
});

describe('a TypeError in an isolated process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-fault-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const shared = resolve(import.meta.dirname, '../../../shared');
  const program = (name: string, work: string): string => {
    const path = join(folder, name);
    writeFileSync(
      path,
      `import { serveJobs } from '${shared}/isolated/serve-jobs.ts';
       import { reportFault } from '${shared}/faults/report-fault.ts';
       const mistake = () => { throw new TypeError('見本 花子'); };
       ${work}`,
    );
    return path;
  };

  it('comes to the log of the desk with class and place', async () => {
    const work = `serveJobs(async () => {
      try { mistake(); } catch (error) { reportFault(error); }
      return { edition: 2, digest: '', pages_total: 1, pages: [] };
    });`;
    vi.stubEnv('UKETSUKE_OCR_PROGRAM', program('reported.mjs', work));
    await ocrFileIsolated(packetFile('計画書.png', 'x'), [1]);
    expect(log).toEqual([expect.stringMatching(/^TypeError \S/)]);
  });

  it('that nothing awaits ends it, and is no crash over a file', async () => {
    const work = `serveJobs(() => { setTimeout(mistake, 0); return new Promise(() => {}); });`;
    vi.stubEnv('UKETSUKE_OCR_PROGRAM', program('uncaught.mjs', work));
    const { pages } = await ocrFileIsolated(packetFile('計画書.png', 'x'), [1]);
    expect(pages.map(({ state }) => state)).toEqual(['fault']);
    expect(log[0]).toMatch(/^TypeError \S/);
    expect(log.join()).not.toContain('花子');
  });
});

it('sends no packet back for what could not be read, and accepts none', async () => {
  broken.csv = true;
  const upload = zipOf({ [csvName('UPYOBO')]: upyobo() });
  const verdicts = await withFile('upload.zip', upload, (source) =>
    Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );
  expect(verdicts.map(({ decision }) => decision)).toEqual(['review']);
  expect(verdicts[0]?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(verdicts[0]?.ledger).toMatchObject({ accounted: true, outcomes: { unreadable: { files: 1 } } });
});
