import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs the program with one output that no one reads. */
async function runUnread(argv: string[], unread: 'stdout' | 'stderr') {
  const child = spawn(process.execPath, ['cli/cli.ts', ...argv], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child[unread].destroy();
  const rest: string[] = [];
  child[unread === 'stdout' ? 'stderr' : 'stdout'].on('data', (text) => rest.push(String(text)));
  const [code] = await once(child, 'close');
  return { code, rest: rest.join('') };
}

it('ends quietly when no one reads what check prints', async () => {
  const packet = 'samples/packets/mito-2024-04.zip';
  expect(await runUnread(['check', '--json', '--no-ocr', packet, packet], 'stdout')).toEqual({
    code: 141,
    rest: '',
  });
});

it.each(['start', 'export'])('ends quietly when no one reads the help of %s', async (name) => {
  expect(await runUnread([name, '--help'], 'stdout')).toEqual({ code: 141, rest: '' });
});

it('ends quietly when no one reads the errors', async () => {
  expect(await runUnread(['nothing'], 'stderr')).toEqual({ code: 141, rest: '' });
});
