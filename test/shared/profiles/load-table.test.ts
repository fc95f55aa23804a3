import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseTable, tableLoader } from '../../../shared/profiles/load-table.ts';

const schema = z.strictObject({
  rows: z.array(z.strictObject({ id: z.string().optional(), value: z.number() })),
});
const parse = (text: string) => parseTable(text, 'profiles/mihon.yaml', schema);

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-tables-'));
  writeFileSync(join(folder, 'mihon.yaml'), text);
  return folder;
}

describe('parseTable', () => {
  it('reads a table that fits its schema', () => {
    expect(parse('rows: [{ value: 1 }]')).toEqual({ rows: [{ value: 1 }] });
  });

  it('names the file, the entry, the place and the cause', () => {
    expect(() => parse('rows: [{ value: 1 }, { id: A-1, value: x }]')).toThrow(
      /^profiles\/mihon\.yaml に誤りがあります。\n {2}A-1 rows\.1\.value: /,
    );
    expect(() => parse('rows: [{ value: x }]')).toThrow(/\n {2}rows\.0\.value: /);
  });

  it('refuses text that is not YAML, and a key the schema does not have', () => {
    expect(() => parse('rows: [')).toThrow('profiles/mihon.yaml: YAMLとして読めません。');
    expect(() => parse('rows: []\nrwos: []')).toThrow('rwos');
  });

  it('lists what the check finds', () => {
    const check = () => ['一つ目', '二つ目'];
    expect(() => parseTable('rows: []', 'profiles/mihon.yaml', schema, check)).toThrow(
      'profiles/mihon.yaml に誤りがあります。\n  一つ目\n  二つ目',
    );
  });
});

describe('tableLoader', () => {
  it('reads a folder once and keeps folders separate', () => {
    const load = tableLoader(schema);
    const [one, other] = [folderWith('rows: [{ value: 1 }]'), folderWith('rows: [{ value: 2 }]')];
    expect(load('mihon', one)).toBe(load('mihon', one));
    expect(load('mihon', other).rows[0]?.value).toBe(2);
  });
});
