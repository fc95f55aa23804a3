import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { neededLog } from './needed-log.ts';

/**
 * How long the logs of the tables are on the disk, beside the tables. LevelDB notices neither a log that is gone nor one
 * that ends early at a record, and its logs only grow: a shorter one has lost records.
 */
export const lengthsFile = (tables: string): string => join(dirname(tables), 'table-logs.json');

const lengthsShape = z.object({ logs: z.record(z.string(), z.number()) });
/** bytes by the name of the log */
type Lengths = z.infer<typeof lengthsShape>['logs'];

const isLog = (name: string): boolean => /^\d+\.log$/.test(name);
const numberOf = (name: string): number => Number.parseInt(name, 10);

/** What is gone of the logs that the tables still need, in words, by the name of the log. */
export function lostLogs(tables: string): Map<string, string> {
  const lost = new Map<string, string>();
  const needed = neededLog(tables);
  // Such tables are not opened at all.
  if (needed === null) return lost;
  const logs = new Map(
    readdirSync(tables)
      .filter(isLog)
      .map((name) => [numberOf(name), name]),
  );
  const written = Object.entries(readLengths(tables) ?? {}).map(([name, bytes]) => ({ name, bytes }));
  if (needed > 0 && !written.some(({ name }) => numberOf(name) === needed))
    written.push({ name: `${String(needed).padStart(6, '0')}.log`, bytes: 0 });
  for (const { name, bytes } of written) {
    const number = numberOf(name);
    const found = logs.get(number);
    if (number < needed) continue;
    if (!found && (number === needed || bytes > 0)) lost.set(name, `${name} がありません`);
    const missing = found ? bytes - statSync(join(tables, found)).size : 0;
    if (missing > 0) lost.set(name, `${name} の終わりの ${missing} バイトがありません`);
  }
  return lost;
}

/** True: the lengths were recorded and cannot be read any more. */
export const areLengthsUnreadable = (tables: string): boolean =>
  existsSync(lengthsFile(tables)) && readLengths(tables) === null;

/** Null: no lengths, as in a folder of an earlier version, or unreadable ones. */
function readLengths(tables: string): Lengths | null {
  try {
    return lengthsShape.parse(JSON.parse(readFileSync(lengthsFile(tables), 'utf8'))).logs;
  } catch {
    return null;
  }
}

const EVERY_MS = 2_000;

export interface LengthKeeper {
  /** what the operator is to know, as sentences */
  told: string[];
  /** after the tables are closed */
  stop(): Promise<void>;
}

/** Records the lengths of the logs of open tables: now, while they grow, and at the end. No request waits for it. */
export async function keepLogLengths(tables: string): Promise<LengthKeeper> {
  let recorded = '';
  const record = async () => {
    recorded = await recordLengths(tables, recorded);
  };
  const told = await record().then(
    () => [],
    () => [
      `記録の表の長さの控え (${lengthsFile(tables)}) を書けません。記録が失われても、次に始めるときに分かりません。フォルダーの権限と空きを確かめてください。`,
    ],
  );
  // What could not be recorded leaves the lengths of before, which still hold: logs only grow.
  let recording = Promise.resolve();
  const recordNext = () => {
    recording = recording.then(record).catch(() => {});
    return recording;
  };
  const timer = setInterval(recordNext, EVERY_MS).unref();
  return {
    told,
    stop: () => {
      clearInterval(timer);
      return recordNext();
    },
  };
}

/** Returns what is recorded now. */
async function recordLengths(tables: string, recorded: string): Promise<string> {
  const logs = await measureLogs(tables);
  const text = JSON.stringify({ logs });
  if (text === recorded || Object.keys(logs).length === 0) return recorded;
  for (const name of Object.keys(logs)) await syncIfThere(join(tables, name));
  const file = lengthsFile(tables);
  const next = await open(`${file}.new`, 'w');
  try {
    await next.writeFile(text);
    await next.sync();
  } finally {
    await next.close();
  }
  await rename(`${file}.new`, file);
  return text;
}

async function measureLogs(tables: string): Promise<Lengths> {
  const logs: Lengths = {};
  for (const name of (await readdir(tables)).filter(isLog).sort()) {
    const size = statSync(join(tables, name), { throwIfNoEntry: false })?.size;
    if (size !== undefined) logs[name] = size;
  }
  return logs;
}

/** A length is recorded once its bytes are on the disk: after a power cut it is not longer than its log. */
async function syncIfThere(log: string): Promise<void> {
  const handle = await open(log, 'r+').catch((error: NodeJS.ErrnoException) => {
    // LevelDB removes a log whose records are in a table file.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
