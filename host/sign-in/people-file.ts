import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify, YAMLParseError } from 'yaml';
import ja from 'zod/v4/locales/ja.js';
import { type Person, peopleList } from '../../shared/access/people.ts';
import { DataFolderError } from '../data-folder.ts';

/** The people of a desk on one machine: people.yaml in its data folder, edited by hand or written by a verb. */
export const PEOPLE_FILE = 'people.yaml';

/** @throws DataFolderError where the file is not of the shape in shared/access/people.ts */
export function readPeople(folder: string): Person[] {
  const file = join(folder, PEOPLE_FILE);
  if (!existsSync(file)) return [];
  const input = peopleList.safeParse(parseYaml(file), { error: ja().localeError });
  if (input.success) return input.data.people;
  const places = input.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new DataFolderError(`「${file}」に誤りがあります（${places.join('、')}）。${REMEDY}`);
}

const REMEDY =
  'そこを直すか、このファイルを別の場所に移して始めてから、npm run -s uketsuke -- people で名簿を取り込み直してください。';

function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line;
    throw new DataFolderError(
      `「${file}」${line ? `の${line}行目` : ''}を読めません（YAMLの書き方になっていません）。${REMEDY}`,
    );
  }
}

/** Renamed into place: a kill leaves no partial list. */
export function writePeople(folder: string, people: readonly Person[]): void {
  const file = join(folder, PEOPLE_FILE);
  writeFileSync(`${file}.new`, stringify({ people }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
