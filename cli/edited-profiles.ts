import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cityKeys } from '../shared/profiles/cities.ts';
import { profilesFolder } from '../shared/profiles/profiles-folder.ts';
import { loadProfile } from '../shared/rules/profile.ts';
import { InputError } from './expand-inputs.ts';

/**
 * Copies the current rules to a new folder and the edited files over them, so that the user's folder may contain only
 * what changed. Returns the new folder, which the caller removes. Throws InputError or ProfileError for unreadable rules.
 */
export async function overlayProfiles(folder: string): Promise<string> {
  const edited = await listYaml(folder);
  const merged = await mkdtemp(join(tmpdir(), 'uketsuke-profiles-'));
  try {
    await cp(profilesFolder(), merged, { recursive: true });
    for (const name of edited) await cp(join(folder, name), join(merged, name));
    const rules = ['national', ...cityKeys(merged)];
    for (const key of rules) loadProfile(key, merged);
    warnOfOtherTables(edited, [...rules, 'cities', 'documents']);
    return merged;
  } catch (error) {
    await rm(merged, { recursive: true, force: true });
    throw error;
  }
}

async function listYaml(folder: string): Promise<string[]> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) throw new InputError(`規則のフォルダー「${folder}」が見つかりません。`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  if (names.length === 0) throw new InputError(`「${folder}」に規則のファイル（.yaml）がありません。`);
  return names;
}

/** A replay compares rules only; it reads documents with the current tables. */
function warnOfOtherTables(names: string[], rules: string[]): void {
  const others = names.filter((name) => !rules.includes(name.replace('.yaml', '')));
  if (others.length > 0)
    process.stderr.write(
      `${others.join('、')} は書類の読み方などのデータです。ここで調べるのは規則だけで、読み方はいまのものを使います。\n`,
    );
}
