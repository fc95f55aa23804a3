import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PacketFile } from '../../packet/packet.ts';
import {
  runJob,
  type Ended,
  type IsolatedProgram,
  isAlive,
  startIsolated,
} from '../worker/isolated-process.ts';
import type { OcrAnswer, OcrJob } from './ocr-process.ts';
import { OCR_EDITION, type OcrPage, type FileText } from './ocr-text.ts';
import { failedPage } from './ocr-file.ts';

/** Wall time for each page of a file; straightening, cleaning and reading one takes a few seconds. */
const SECONDS_PER_PAGE = 150;

/**
 * Reads scanned pages in a process of its own (why: apart-process.ts): pictures are decoded by native code and take a
 * processor for seconds. Where it dies, each page is read once more alone, so that one page costs no other its text and
 * a process the machine killed costs none. A page it dies over twice, or is late with, is a failed page; reading goes
 * on with the next file. One process, one file at a time, alive between files.
 * Throws when the desk itself is at fault (the process cannot be started, the language data is missing).
 */
export async function ocrFileIsolated(file: PacketFile, pages: number[]): Promise<FileText> {
  const bytes = await file.read();
  const read = (some: number[]): Promise<FileText | Ended> =>
    inTurn({ digest: file.digest, bytes, pages: some });
  const text = await read(pages);
  if (!isEnded(text)) return text;
  if (text.kind === 'timeout') return textOf(file, pages.map(givenUp));
  const alone: OcrPage[] = [];
  for (const page of pages) {
    const again = await read([page]);
    alone.push(...(isEnded(again) ? [givenUp(page)] : again.pages));
  }
  return textOf(file, alone);
}

/** Ends the process. The next file starts a new one. */
export function closeOcrReader(): void {
  reader?.then((child) => child.kill()).catch(() => {});
  reader = undefined;
}

const isEnded = (outcome: FileText | Ended): outcome is Ended => 'kind' in outcome;

let last: Promise<unknown> = Promise.resolve();
let reader: Promise<ChildProcess> | undefined;

function inTurn(job: OcrJob): Promise<FileText | Ended> {
  const turn = last.then(() => readIn(job));
  last = turn.catch(() => {});
  return turn;
}

async function readIn(job: OcrJob): Promise<FileText | Ended> {
  if (reader && !isAlive(await reader)) reader = undefined;
  reader ??= startIsolated(program());
  const child = await reader.catch((error) => {
    reader = undefined;
    throw error;
  });
  const answer = await runJob<OcrAnswer>(child, job, SECONDS_PER_PAGE * Math.max(1, job.pages.length));
  if (answer.kind === 'fault') throw new Error(`the OCR reader is not whole: ${answer.message}`);
  return answer.kind === 'read' ? answer.text : answer;
}

const program = (): IsolatedProgram => ({
  name: 'the OCR reader',
  // beside this one, or where a bundle says it travels
  file: process.env.UKETSUKE_OCR_PROGRAM ?? fileURLToPath(new URL('./ocr-process.ts', import.meta.url)),
  // it draws pictures by native code
  permissions: ['--allow-addons'],
  env: ['UKETSUKE_PDFJS', 'UKETSUKE_PROFILES', 'UKETSUKE_TESSERACT'],
  // the largest picture that is read takes 240 MB for its dots, several times over while it is made straight and clean
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
