import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Given } from '../../shared/cover-sheet/given-facts.ts';
import { decide } from '../../shared/decision/decide.ts';
import type { Decision } from '../../shared/decision/verdict.ts';
import { factsFromGiven } from '../../shared/facts/given.ts';
import { profilesFolder } from '../../shared/profiles/profiles-folder.ts';

/** Decides facts written as in a worked case, under all rules of the city unless some are named. */
export const decideGiven = (
  city: string,
  given: Given,
  options: { rules?: string[]; profiles?: string } = {},
): Decision => decide(factsFromGiven(given), city, options);

/** Code/severity of every finding. */
export const codesOf = (decision: Decision): string[] =>
  decision.findings.map((f) => `${f.code}/${f.severity}`).sort();

/**
 * A copy of the profiles in which the city has settled keys of its configuration. Returns the folder; the caller
 * removes it.
 */
export function settle(city: string, values: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  cpSync(profilesFolder(), folder, { recursive: true });
  const file = join(folder, `${city}.yaml`);
  const profile = parse(readFileSync(file, 'utf8'), { merge: true });
  for (const [key, value] of Object.entries(values)) {
    if (!profile.configuration?.[key]) throw new Error(`${city} has no configuration ${key}`);
    profile.configuration[key].value = value;
  }
  writeFileSync(file, stringify(profile, { aliasDuplicateObjects: false }));
  return folder;
}
