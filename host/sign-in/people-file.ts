import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Person, peopleList } from '../../shared/access/people.ts';
import { DataFolderError } from '../data-folder.ts';

/** The people of a desk on one machine: people.yaml in its data folder, edited by hand or written by a verb. */
export const PEOPLE_FILE = 'people.yaml';

/** @throws DataFolderError where the file is not of the shape in shared/access/people.ts */
export function readPeople(folder: string): Person[] {
  const file = join(folder, PEOPLE_FILE);
  if (!existsSync(file)) return [];
  const input = peopleList.safeParse(parseYaml(file));
  if (input.success) return input.data.people;
  throw new DataFolderError(`${file} を読めません: ${z.prettifyError(input.error)}`);
}

function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DataFolderError(`${file} を読めません: ${(error as Error).message}`);
  }
}

/** Renamed into place: a kill leaves no partial list. */
export function writePeople(folder: string, people: readonly Person[]): void {
  const file = join(folder, PEOPLE_FILE);
  writeFileSync(`${file}.new`, stringify({ people }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
