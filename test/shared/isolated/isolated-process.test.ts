import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { startIsolated } from '../../../shared/isolated/isolated-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-isolated-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('has the variables that Lambda’s Node and its program need, and none of the function', async () => {
  vi.stubEnv('LD_LIBRARY_PATH', '/var/lang/lib');
  vi.stubEnv('OWN_SETTING', 'own');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const file = join(folder, 'program.mjs');
  writeFileSync(
    file,
    `process.send('ready'); process.on('message', () => process.send(process.env, () => process.disconnect()));`,
  );
  const child = await startIsolated({
    name: 'program',
    file,
    env: ['OWN_SETTING'],
    permissions: [],
    megabytes: 64,
    heapMegabytes: 64,
  });
  const env = await new Promise<NodeJS.ProcessEnv>((resolve) => {
    child.once('message', (message) => resolve(message as NodeJS.ProcessEnv));
    child.send('what do you have?');
  });
  expect(env).toMatchObject({ LD_LIBRARY_PATH: '/var/lang/lib', OWN_SETTING: 'own' });
  expect(Object.keys(env)).not.toContain('AWS_SECRET_ACCESS_KEY');
});
