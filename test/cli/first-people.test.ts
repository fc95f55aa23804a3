import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFirstPeople } from '../../cli/first-people.ts';
import { readPeople } from '../../host/sign-in/people-file.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-people-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives a synthetic city the offices whose papers it has, so that no list is empty', async () => {
  // The second office of the registry sends these papers, the first none.
  const upload = { name: 'a.zip', file: join(SAMPLES, 'packets/iwaki-commissioned.zip') };
  const registry = join(SAMPLES, 'registry/iwaki.yaml');
  await makeFirstPeople(folder, { registry, uploads: [upload] });
  const offices = readPeople(folder).flatMap((one) => (one.role === 'office' ? [one.office] : []));
  expect(offices).toEqual(['0770100022']);
});
