import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of profiles/: the one UKETSUKE_PROFILES names, else the project's, else one beside a bundle.
 * A bundle has no shared/ folder around it, so both places are tried.
 */
export const profilesFolder = (): string => process.env.UKETSUKE_PROFILES || OWN;

const here = dirname(fileURLToPath(import.meta.url));
const OWN = [join(here, 'profiles')].find((folder) => existsSync(folder)) ?? join(here, '../..', 'profiles');
