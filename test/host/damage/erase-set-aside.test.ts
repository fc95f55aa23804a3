import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseSetAside } from '../../../host/damage/erase-set-aside.ts';

let folder: string;
const AT = 'damaged/20260612T010000';
const OBJECTS = `${AT}/objects/buckets`;
const nothing = { ids: [], kept: [], objects: [] };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-aside-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), '');
  return path;
}
const isThere = (path: string) => existsSync(join(folder, path));

it('deletes what was set aside of a packet, of an upload and of a key, and nothing of others', () => {
  const own = [
    `${OBJECTS}/results/objects/verdicts/packet1/0a.json.data`,
    `${OBJECTS}/results/objects/verdicts/packet1/0a.json.meta.json`,
    `${OBJECTS}/results/objects/offices/o/notices/packet1-2.json.data`,
    `${OBJECTS}/inbox/objects/uploads/R1/upload%3a.data`,
    `${OBJECTS}/results/objects/texts/ab%3a.json.data`,
  ].map(put);
  const others = [
    `${OBJECTS}/results/objects/verdicts/packet12/0a.json.data`,
    `${OBJECTS}/inbox/objects/uploads/R2/upload.data`,
  ].map(put);
  const objects = [{ bucket: 'results' as const, key: 'texts/ab:.json' }];
  expect(eraseSetAside(folder, { ids: ['packet1', 'R1'], kept: [], objects })).toEqual([]);
  expect(own.filter(isThere)).toEqual([]);
  expect(others.every(isThere)).toBe(true);
});

it('names folders of which it cannot tell whose they are, and those with an upload that others need', () => {
  put(`${AT}/tables/000005.ldb`);
  put(`${AT}/queues/fauxqs.db`);
  put(`${OBJECTS}/inbox/objects/uploads/R3/upload.data`);
  expect(eraseSetAside(folder, { ...nothing, kept: ['R3'] })).toEqual([
    `${AT}/objects`,
    `${AT}/queues`,
    `${AT}/tables`,
  ]);
});

it('finds nothing where nothing was set aside', () => {
  expect(eraseSetAside(folder, nothing)).toEqual([]);
});
