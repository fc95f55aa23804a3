import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFolder, isThere } from './look-into.ts';
import type { DamagedFiles } from './set-aside.ts';

/** Throws where the queue file cannot be opened: SQLite names no cause, and the file may be sound. */
export function requireOpenableQueues(folder: string): void {
  const file = join(folder, 'fauxqs.db');
  if (isFolder(folder) && isThere(file) && !isFolder(file)) closeSync(openSync(file, 'r+'));
}

/**
 * Moves a queue file that cannot be read aside: every message is made again from the records and the inbox. Returns what
 * the operator is to know, as sentences.
 */
export function repairQueues(folder: string, damaged: DamagedFiles): string[] {
  const file = join(folder, 'fauxqs.db');
  if (!isThere(folder) || (isFolder(folder) && (!isThere(file) || isReadable(file)))) return [];
  damaged.add(folder);
  return [
    `待っている仕事のファイルが壊れていたので、${damaged.name} に移しました。残っていた仕事は記録と送付物から作り直します。`,
  ];
}

function isReadable(file: string): boolean {
  if (isFolder(file)) return false;
  try {
    const database = new DatabaseSync(file);
    try {
      const [row] = database.prepare('PRAGMA quick_check(1)').all();
      return row?.quick_check === 'ok';
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
