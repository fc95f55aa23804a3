import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireFile } from './damage/look-into.ts';

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

export const removeHostAddress = (folder: string): void => rmSync(pathOf(folder), { force: true });

/** Throws where a folder has the name of the file: the desk could not be found by its verbs. */
export const requireAddressFile = (folder: string): void => requireFile(pathOf(folder));

const pathOf = (folder: string): string => join(folder, ADDRESS_FILE);
