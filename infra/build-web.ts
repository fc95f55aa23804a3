import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const BUILDS = join(ROOT, 'node_modules/.cache/uketsuke-web');
/** What the page is made of. functions/ gives types only. */
const SOURCES = ['web', 'shared'];

/**
 * The folder with the built page: index.html and its files. Builds it where the sources have changed since the last time.
 * @param onBuild called before a build, which takes seconds
 */
export async function buildWeb(onBuild: () => void = () => {}): Promise<string> {
  const folder = join(BUILDS, sourceDigest());
  if (existsSync(folder)) return folder;
  onBuild();
  const [{ build }, { config }] = await Promise.all([import('vite'), import('../web/vite.config.ts')]);
  const partial = `${folder}.${process.pid}`;
  await build(config(partial));
  // Renamed into place: a kill leaves no partial page.
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another process built the same page first.
    if (!existsSync(folder)) throw error;
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...files.sort(), join(ROOT, 'package-lock.json')])
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
