import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runReplay } from '../../cli/replay.ts';
import { recordContext } from '../../functions/aws.ts';
import { setEnvironment } from '../../host/environment.ts';
import { readTemplate } from '../../host/template.ts';
import { OPERATOR } from '../../shared/access/sender.ts';
import { newUploadId, uploadKey } from '../../shared/records/events/upload-id.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { receiveUpload } from '../../shared/records/steps/receive-object.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { openDeskFolder } from '../builders/desk-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'replay-stored-'));
const data = join(folder, 'data');

/** A desk that received one upload and was stopped. */
beforeAll(async () => {
  const desk = await openDeskFolder(data);
  setEnvironment(await readTemplate(data), desk.cloud);
  const records = recordContext([]);
  await importRegistry(
    records.store,
    await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')),
    new Date(),
  );
  const upload_id = newUploadId(new Date());
  const key = uploadKey(upload_id);
  const Body = readFileSync(join(ROOT, 'samples/packets/mito-2024-05.zip'));
  const { ETag } = await desk.s3.send(new PutObjectCommand({ Bucket: desk.inbox, Key: key, Body }));
  const etag = ETag!.replaceAll('"', '');
  const name = 'mito-2024-05.zip';
  await receiveUpload(records, { upload_id, name, sender: OPERATOR, key, etag, size: Body.length });
  await desk.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digestOf = (path: string): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).sort())
    if (statSync(join(path, name)).isFile()) hash.update(name).update(readFileSync(join(path, name)));
  return hash.digest('hex');
};

it('decides stored packets again, with the registry, and leaves the records unchanged', async () => {
  const profiles = join(folder, 'edited');
  mkdirSync(profiles);
  const rules = readFileSync(join(ROOT, 'profiles/mito.yaml'), 'utf8');
  writeFileSync(join(profiles, 'mito.yaml'), rules.replace('payer: mito_city', 'payer: kokuhoren'));
  const before = digestOf(data);
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  const code = await runReplay(['--profiles', profiles, '--data', data, '--json']);
  write.mockRestore();
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    city: 'mito',
    fields: [
      { field: 'payer', before: 'mito_city', after: 'kokuhoren' },
      { field: 'commission', before: { from: 'mito_city' }, after: { from: 'kokuhoren' } },
    ],
  });
  expect(digestOf(data)).toBe(before);
});
