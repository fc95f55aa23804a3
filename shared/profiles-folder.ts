import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of profiles/: the one UKETSUKE_PROFILES names, else the project's, else one beside a bundle.
 * A bundle has no shared/ folder around it, so both places are tried.
 */
export function profilesFolder(): string {
  if (process.env.UKETSUKE_PROFILES) return process.env.UKETSUKE_PROFILES;
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'profiles');
  return existsSync(beside) ? beside : join(here, '..', 'profiles');
}
