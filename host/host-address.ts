import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from './damage/look-into.ts';

/** desk.json in the data folder: which process runs the desk, and its address. */
export interface HostAddress {
  pid: number;
  url: string;
  started_at: string;
  /** of the operator: who may read the data folder may operate the desk */
  operatorToken: string;
}

export const ADDRESS_FILE = 'desk.json';

/** Null: no desk runs on the folder, or the file is damaged. */
export function readHostAddress(folder: string): HostAddress | null {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as HostAddress;
  } catch {
    return null;
  }
}

export function writeHostAddress(folder: string, url: string, operatorToken: string): void {
  const address: HostAddress = { pid: process.pid, url, started_at: new Date().toISOString(), operatorToken };
  writeFileSync(`${pathOf(folder)}.new`, JSON.stringify(address), { mode: 0o600 });
  renameSync(`${pathOf(folder)}.new`, pathOf(folder));
}

/** Not a folder of that name: it is not of the desk. */
export function removeHostAddress(folder: string): void {
  if (!isFolder(pathOf(folder))) rmSync(pathOf(folder), { force: true });
}

const pathOf = (folder: string): string => join(folder, ADDRESS_FILE);
