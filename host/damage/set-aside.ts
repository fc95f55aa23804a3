import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Folder in the data folder for damaged files: nothing is deleted that a person has not seen. */
export const DAMAGED = 'damaged';

/** Moves damaged files of the data folder aside, each under its own path. */
export class DamagedFiles {
  private readonly folder: string;
  private readonly target: string;
  /** below the data folder */
  readonly name: string;

  constructor(folder: string, now = new Date()) {
    this.folder = folder;
    this.name = `${DAMAGED}/${now.toISOString().replace(/[-:]/g, '').slice(0, 15)}`;
    this.target = join(folder, this.name);
  }

  /** @param path a file or folder in the data folder */
  add(path: string): void {
    const target = join(this.target, relative(this.folder, path));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(path, target);
  }
}
