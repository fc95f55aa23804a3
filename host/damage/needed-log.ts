import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from './check-log.ts';

/**
 * The number of the first log whose records are in no table file yet, by the manifest; 0: a kill left tables without one.
 * Null: the manifest cannot be read, and LevelDB opens no tables without it.
 */
export function neededLog(tables: string): number | null {
  const manifest = readManifest(tables);
  if (!manifest) return null;
  try {
    let needed: number | null = null;
    for (const edit of readLog(manifest)) needed = logNumberIn(edit) ?? needed;
    return needed;
  } catch {
    return null;
  }
}

/** Null: CURRENT names no manifest that exists. Throws for an error of the disk, which is no damage. */
function readManifest(tables: string): Buffer | null {
  try {
    const name = readFileSync(join(tables, 'CURRENT'), 'utf8').trim();
    return /^MANIFEST-\d+$/.test(name) ? readFileSync(join(tables, name)) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The fields of a change in a manifest, by their tag: a number, or a text with its length before it.
 * https://github.com/google/leveldb/blob/main/db/version_edit.cc
 */
const FIELDS: Record<number, ('number' | 'text')[]> = {
  1: ['text'],
  2: ['number'],
  3: ['number'],
  4: ['number'],
  5: ['number', 'text'],
  6: ['number', 'number'],
  7: ['number', 'number', 'number', 'text', 'text'],
  9: ['number'],
};
const LOG_NUMBER = 2;

/** Null: the change names no log. */
function logNumberIn(edit: Buffer): number | null {
  let at = 0;
  let log: number | null = null;
  /** Numbers have seven bits a byte, the lowest first. */
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = edit.readUInt8(at++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < edit.length) {
    const tag = number();
    const fields = FIELDS[tag];
    if (!fields) throw new Error(`unknown tag ${tag} in a manifest`);
    for (const field of fields) {
      const value = number();
      if (field === 'text') at += value;
      if (tag === LOG_NUMBER) log = value;
    }
  }
  return log;
}
