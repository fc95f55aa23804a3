import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DataFolderError } from '../../../host/data-folder.ts';
import { PEOPLE_FILE, readPeople } from '../../../host/sign-in/people-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-people-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (text: string): string => {
  writeFileSync(join(folder, PEOPLE_FILE), text);
  try {
    readPeople(folder);
  } catch (error) {
    if (error instanceof DataFolderError) return error.message;
    throw error;
  }
  return expect.fail('the list was read');
};

it.each([
  ['a list that was cut', 'people:\n  - name: "見本', '2行目を読めません'],
  ['a list that is not closed', 'people: [\n  {name: 見本', '行目を読めません'],
  ['an address that is none', 'people:\n  - {name: 見本, mail: x, role: operator}\n', '（people.0.mail '],
  ['zeros', '\0\0\0\0', PEOPLE_FILE],
])('names file, place and remedy in Japanese: %s', (_, text, place) => {
  const message = refusal(text);
  expect(message).toContain(PEOPLE_FILE);
  expect(message).toContain(place);
  expect(message).toContain('people で名簿を取り込み直してください');
  expect(message).not.toMatch(/[a-z]+ [a-z]+ [a-z]+ [a-z]+/i);
});
