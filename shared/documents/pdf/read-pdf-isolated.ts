import type { ChildProcess } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isAlive, type JobFailure, runJob, startIsolated } from '../../isolated/isolated-process.ts';
import { officeKind } from '../../packet/office-kind.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { faultyDocument, unreadDocument } from '../blank-document.ts';
import type { ReadDocument } from '../document.ts';
import { crashedOfficeFile, lateOfficeFile } from '../office/office-findings.ts';
import { PROCESS_LIMITS, type ProcessLimits, readersAtOnce } from '../worker/process-limits.ts';
import { crashedFile, lateFile } from './pdf-findings.ts';
import type { PdfJob } from './pdf-process.ts';
import type { PdfPart } from './read-pdf.ts';

interface Limits {
  limits?: ProcessLimits;
  /** when the packet's time is over, in ms since 1970 */
  deadline?: number;
}

/** Reads a whole PDF in its own process (`pdfPartsIsolated`). */
export async function readPdfIsolated(
  file: PacketFile,
  bytes: Uint8Array,
  options: Limits = {},
): Promise<ReadDocument[]> {
  return (await Array.fromAsync(pdfPartsIsolated(file, bytes, options))).flat();
}

/**
 * The documents of a PDF, those of some pages at a time, read in a process of its own (why: isolated-process.ts). Where the
 * process ends, the file gets a finding, and what was read before stays. Processes stay alive between files, so a good
 * file costs no more than the copy of its bytes.
 * Throws when the desk itself is incomplete (the process cannot be started, the engine's folders are missing).
 */
export async function* pdfPartsIsolated(
  file: PacketFile,
  bytes: Uint8Array,
  { limits = PROCESS_LIMITS, deadline = Number.POSITIVE_INFINITY }: Limits = {},
): AsyncGenerator<ReadDocument[]> {
  let pages = 0;
  const most = officeKind(bytes) ? limits.officeSeconds : limits.seconds;
  for (let from: number | null = 1; from !== null; ) {
    const job: PdfJob = { path: file.path, digest: file.digest, size: file.size, bytes, from };
    const seconds = Math.min(most, (deadline - Date.now()) / 1000);
    const answer: JobAnswer =
      seconds > 0
        ? await withProcess(limits, (child) => runJob<PdfPart>(child, job, seconds))
        : { kind: 'timeout' };
    if (answer.kind !== 'done') {
      const rest = from > 1 ? { pages: { from, to: pages } } : {};
      yield [{ ...unread(file, bytes, answer.kind), ...rest }];
      return;
    }
    yield answer.result.documents;
    ({ pages } = answer.result);
    from = answer.result.next;
  }
}

type JobAnswer = Awaited<ReturnType<typeof runJob<PdfPart>>>;

/** A process takes one file at a time; further files wait for their turn. */
const MOST_PROCESSES = readersAtOnce(availableParallelism(), memoryMegabytes());
const idle: ChildProcess[] = [];
const waiting: (() => void)[] = [];
let busy = 0;

/** Lambda names the memory of the function; the machine behind it has more. */
function memoryMegabytes(): number {
  return Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) || totalmem() / 1024 ** 2;
}

async function withProcess<T>(limits: ProcessLimits, use: (child: ChildProcess) => Promise<T>): Promise<T> {
  if (busy >= MOST_PROCESSES) await new Promise<void>((resume) => waiting.push(resume));
  else busy++;
  try {
    const rested = idle.pop();
    const child = rested && isAlive(rested) ? rested : await startIsolated(program(limits));
    const result = await use(child);
    if (isAlive(child)) idle.push(child);
    return result;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}

const program = ({ megabytes, heapMegabytes }: ProcessLimits) => ({
  name: 'the PDF reader',
  // beside this file, or where a bundle carries it
  file: process.env.UKETSUKE_PDF_PROGRAM ?? fileURLToPath(new URL('./pdf-process.ts', import.meta.url)),
  permissions: [],
  env: ['UKETSUKE_PDFJS', 'UKETSUKE_PROFILES'],
  megabytes,
  heapMegabytes,
});

function unread(file: PacketFile, bytes: Uint8Array, kind: JobFailure['kind']): ReadDocument {
  if (kind === 'fault') return faultyDocument(file);
  const isOffice = officeKind(bytes) !== null;
  if (kind === 'timeout') return unreadDocument(file, isOffice ? lateOfficeFile(file) : lateFile(file));
  return unreadDocument(file, isOffice ? crashedOfficeFile(file) : crashedFile(file));
}
