import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRATCH } from '../shared/packet/scratch-folder.ts';

/**
 * Removes what killed processes left in the scratch folder: copies of uploads that may contain files
 * which were removed from the upload since.
 */
export async function clearScratch(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(SCRATCH) && Number.parseInt(name.slice(SCRATCH.length), 10);
    if (pid && !isAlive(pid)) await removeOwn(join(tmpdir(), name));
  }
}

/** The scratch folder of another user of the machine stays. */
async function removeOwn(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EPERM') throw error;
  }
}

/** This process has fetched nothing yet: a folder with its id belongs to an earlier process with the same id. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
