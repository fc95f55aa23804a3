import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type IsolatedProgram,
  isAlive,
  type JobFailure,
  runJob,
  startIsolated,
} from '../../isolated/isolated-process.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { failedPage, faultyPage } from './ocr-file.ts';
import type { OcrJob } from './ocr-process.ts';
import { type FileText, OCR_EDITION, type OcrPage } from './ocr-text.ts';

/** Wall time for each page of a file; straightening, cleaning and reading one takes a few seconds. */
const SECONDS_PER_PAGE = 150;

/**
 * Reads scanned pages in one isolated process (why: isolated-process.ts): images are decoded by native code and take a
 * processor for seconds. Where the process crashes, each page is read once more alone, so that one page costs no other
 * its text and a process the machine killed costs none. A page that crashes it twice, or is late, is a failed page.
 * One file at a time; the process stays alive between files.
 * Throws when the desk itself is incomplete (the process cannot be started, the language data is missing).
 */
export async function ocrFileIsolated(file: PacketFile, pages: number[]): Promise<FileText> {
  const bytes = await file.read();
  const read = (some: number[]): Promise<FileText | JobFailure> =>
    inTurn({ digest: file.digest, bytes, pages: some });
  const text = await read(pages);
  if (!isFailure(text)) return text;
  if (text.kind === 'timeout') return textOf(file, pages.map(givenUp));
  const alone: OcrPage[] = [];
  for (const page of pages) {
    const again = await read([page]);
    if (!isFailure(again)) alone.push(...again.pages);
    else alone.push(again.kind === 'fault' ? faultyPage(page) : givenUp(page));
  }
  return textOf(file, alone);
}

/** Ends the process. The next file starts a new one. */
export function closeOcrReader(): void {
  reader?.then((child) => child.kill()).catch(() => {});
  reader = undefined;
}

const isFailure = (outcome: FileText | JobFailure): outcome is JobFailure => 'kind' in outcome;

let last: Promise<unknown> = Promise.resolve();
let reader: Promise<ChildProcess> | undefined;

function inTurn(job: OcrJob): Promise<FileText | JobFailure> {
  const turn = last.then(() => readIn(job));
  last = turn.catch(() => {});
  return turn;
}

async function readIn(job: OcrJob): Promise<FileText | JobFailure> {
  if (reader && !isAlive(await reader)) reader = undefined;
  reader ??= startIsolated(program());
  const child = await reader.catch((error) => {
    reader = undefined;
    throw error;
  });
  const answer = await runJob<FileText>(child, job, SECONDS_PER_PAGE * Math.max(1, job.pages.length));
  return answer.kind === 'done' ? answer.result : answer;
}

const program = (): IsolatedProgram => ({
  name: 'the OCR reader',
  // beside this file, or where a bundle carries it
  file: process.env.UKETSUKE_OCR_PROGRAM ?? fileURLToPath(new URL('./ocr-process.ts', import.meta.url)),
  // it draws images by native code
  permissions: ['--allow-addons'],
  env: ['UKETSUKE_PDFJS', 'UKETSUKE_PROFILES', 'UKETSUKE_TESSERACT'],
  // the largest image takes 240 MB for its pixels, several times over while it is straightened and cleaned
  megabytes: 2048,
  heapMegabytes: 1024,
});

const textOf = ({ digest }: PacketFile, pages: OcrPage[]): FileText => ({
  edition: OCR_EDITION,
  digest,
  pages_total: Math.max(0, ...pages.map(({ page }) => page)),
  pages,
});

const givenUp = (page: number): OcrPage => failedPage(page, '時間内に読み取れないか、画像が壊れています');
