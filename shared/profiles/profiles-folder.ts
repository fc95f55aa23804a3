import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const OWN = [join(here, 'profiles')].find((folder) => existsSync(folder)) ?? join(here, '../..', 'profiles');
/** Read once: the environment of a process is slow to ask, and a decision needs the folder several times. */
const FOLDER = process.env.UKETSUKE_PROFILES || OWN;

/**
 * The folder of profiles/: the one UKETSUKE_PROFILES names, else the project's, else one beside a bundle.
 * A bundle has no shared/ folder around it, so both places are tried.
 */
export const profilesFolder = (): string => FOLDER;
