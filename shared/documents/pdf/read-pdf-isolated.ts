import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { PDF_LIMITS } from '../pages/pdf-limits.ts';
import { runJob, isAlive, startIsolated } from '../worker/isolated-process.ts';
import { PROCESS_LIMITS, type ProcessLimits } from '../worker/process-limits.ts';
import type { Answer, Job } from './pdf-process.ts';

/**
 * Reads a PDF in a process of its own (why: apart-process.ts). Where the reader dies, the file gets a finding.
 * Readers stay alive between files, so a good file pays for the copy of its bytes and nothing else.
 * Throws when the desk itself is at fault (the reader cannot be started, the engine's folders are missing).
 * @param options.deadline when the packet's time is over, in ms since 1970
 */
export async function readPdfIsolated(
  file: PacketFile,
  bytes: Uint8Array,
  { limits = PROCESS_LIMITS, deadline = Number.POSITIVE_INFINITY } = {},
): Promise<ReadDocument[]> {
  const job: Job = { path: file.path, digest: file.digest, size: file.size, bytes };
  const seconds = Math.min(limits.seconds, (deadline - Date.now()) / 1000);
  if (seconds <= 0) return [unread(file, 'timeout')];
  const answer = await withReader(limits, (reader) => runJob<Answer>(reader, job, seconds));
  if (answer.kind === 'fault') throw new Error(`the reader of PDFs is not whole: ${answer.message}`);
  return answer.kind === 'read' ? answer.documents : [unread(file, answer.kind)];
}

/** A reader takes one file at a time; more files at once than this wait for their turn. */
const MOST_READERS = Math.max(1, Math.min(4, availableParallelism()));
const idle: ChildProcess[] = [];
const waiting: (() => void)[] = [];
let busy = 0;

async function withReader<T>(limits: ProcessLimits, use: (reader: ChildProcess) => Promise<T>): Promise<T> {
  if (busy >= MOST_READERS) await new Promise<void>((go) => waiting.push(go));
  else busy++;
  try {
    const reader = idle.pop();
    const ready = reader && isAlive(reader) ? reader : await startIsolated(program(limits));
    const result = await use(ready);
    if (isAlive(ready)) idle.push(ready);
    return result;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}

const program = ({ megabytes, heapMegabytes }: ProcessLimits) => ({
  name: 'the reader of PDFs',
  // beside this one, or where a bundle says it travels
  file: process.env.UKETSUKE_PDF_PROGRAM ?? fileURLToPath(new URL('./pdf-process.ts', import.meta.url)),
  permissions: [],
  env: ['UKETSUKE_PDFJS', 'UKETSUKE_PROFILES'],
  megabytes,
  heapMegabytes,
});

const unread = (file: PacketFile, kind: 'timeout' | 'crashed'): ReadDocument => ({
  file: file.path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: null,
  rows: 0,
  outcome: 'unreadable',
  digest: file.digest,
  readings: [],
  findings: [
    kind === 'timeout'
      ? fileFinding(
          'F_FILE_TOO_LARGE',
          'error',
          { file: file.path },
          `「${file.path}」は時間内に読み取れませんでした（1ファイル ${PDF_LIMITS.seconds} 秒、1提出 ${PROCESS_LIMITS.packetSeconds} 秒まで）。`,
          'ファイルを書類ごとに分け、元のソフトからPDFを作り直して送ってください。',
        )
      : fileFinding(
          'F_PDF_BROKEN',
          'error',
          { file: file.path },
          `「${file.path}」は読み取りの途中で処理を止めました。中身が壊れているか、極端に大きく展開されるPDFです。`,
          '元のソフトからPDFを作り直し、開けることを確かめてから送ってください。',
        ),
  ],
});
