import type { ChildProcess } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PacketFile } from '../../packet/packet.ts';
import { faultyDocument, unreadDocument } from '../blank-document.ts';
import type { ReadDocument } from '../document.ts';
import { isAlive, type JobFailure, runJob, startIsolated } from '../worker/isolated-process.ts';
import { PROCESS_LIMITS, type ProcessLimits, readersAtOnce } from '../worker/process-limits.ts';
import { crashedFile, lateFile } from './pdf-findings.ts';
import type { PdfJob } from './pdf-process.ts';

/**
 * Reads a PDF in its own process (why: isolated-process.ts). Where the process ends, the file gets a finding.
 * Processes stay alive between files, so a good file costs no more than the copy of its bytes.
 * Throws when the desk itself is incomplete (the process cannot be started, the engine's folders are missing).
 * @param options.deadline when the packet's time is over, in ms since 1970
 */
export async function readPdfIsolated(
  file: PacketFile,
  bytes: Uint8Array,
  { limits = PROCESS_LIMITS, deadline = Number.POSITIVE_INFINITY } = {},
): Promise<ReadDocument[]> {
  const job: PdfJob = { path: file.path, digest: file.digest, size: file.size, bytes };
  const seconds = Math.min(limits.seconds, (deadline - Date.now()) / 1000);
  if (seconds <= 0) return [unread(file, 'timeout')];
  const answer = await withProcess(limits, (child) => runJob<ReadDocument[]>(child, job, seconds));
  return answer.kind === 'done' ? answer.result : [unread(file, answer.kind)];
}

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

function unread(file: PacketFile, kind: JobFailure['kind']): ReadDocument {
  if (kind === 'fault') return faultyDocument(file);
  return unreadDocument(file, kind === 'timeout' ? lateFile(file) : crashedFile(file));
}
