import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import project from '../../package.json' with { type: 'json' };

const run = promisify(execFile);

const UNPACK = "await (await import('@sparticuz/chromium')).default.executablePath()";

/**
 * The path of Chromium, unpacked once on a machine. The package itself unpacks into the temporary folder and takes what it
 * finds there, also what another process is still writing or left half written. So each process unpacks into a folder of
 * its own, and the first that is whole becomes the one they share.
 */
export async function chromiumProgram(): Promise<string> {
  const shared = join(tmpdir(), `uketsuke-chromium-${project.devDependencies['@sparticuz/chromium']}`);
  const program = join(shared, 'chromium');
  if (existsSync(program)) return program;
  const own = await mkdtemp(`${shared}-`);
  try {
    const env = { ...process.env, TMPDIR: own };
    await run(process.execPath, ['--input-type=module', '-e', UNPACK], { cwd: import.meta.dirname, env });
    await rename(own, shared);
  } catch (error) {
    // Where another process was first, its folder is there.
    if (!existsSync(program)) throw error;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return program;
}
