import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { cityKeys } from '../profiles/cities.ts';
import { ProfileError } from '../profiles/load-table.ts';
import { profilesFolder } from '../profiles/profiles-folder.ts';
import { loadProfile, parseProfile } from '../rules/profile.ts';
import { sha256 } from '../text/digest.ts';
import { compareEntries, type EntryChange } from './compare-verdicts.ts';

/** The rules of a city as its people write them. */
export const profileText = (city: string): string =>
  readFileSync(join(profilesFolder(), `${city}.yaml`), 'utf8');

/** A rule of which the edited profile says something else. */
export interface EditedRule {
  rule: string;
  change: Exclude<EntryChange, 'same'>;
  summary: string;
}

/** What an edited profile of a city changes, rule by rule. @throws ProfileError where it is no sound profile of the city */
export function editedRules(city: string, text: string): EditedRule[] {
  const now = loadProfile(city);
  requireBounded(text, city);
  const edited = parseProfile(text, `${city}.yaml`);
  if (edited.city !== city)
    throw new ProfileError(`city が「${edited.city}」です。この市の規則は city: ${city} と書いてください。`);
  const summaries = new Map([...now.rules, ...edited.rules].map(({ id, summary }) => [id, summary]));
  return [...compareEntries(now.rules, edited.rules)].map(([rule, change]) => ({
    rule,
    change: change as EditedRule['change'],
    summary: summaries.get(rule) ?? '',
  }));
}

/** Bytes of a profile: it is kept as one item, of which DynamoDB takes 400 KB. */
const MOST_BYTES = 350_000;
/** How often its aliases may repeat a part: text from outside must not fill the memory. */
const MOST_ALIASES = 1000;

function requireBounded(text: string, city: string): void {
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new ProfileError(`規則のファイルが大きすぎます（${MOST_BYTES / 1000} KB まで）。`);
  try {
    parse(text, { merge: true, maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    const [start] = (cause instanceof YAMLParseError && cause.linePos) || [];
    const place = start ? `${start.line}行目の${start.col}文字目で、` : '';
    throw new ProfileError(
      `規則のファイル ${city}.yaml を読めません。${place}書き方が正しくありません。字下げと「: 」を確かめてください。`,
    );
  }
}

/** Folders of edited profiles this process made, the last used at the end. */
const folders = new Map<string, string>();
const MOST_FOLDERS = 4;

/**
 * A folder with the desk's own profiles and the edited one of a city in its place. The same text has the same folder, so
 * that what was read of it stays of use.
 */
export function editedProfiles(city: string, text: string): string {
  const digest = sha256(`${city}\n${text}`);
  const folder = folders.get(digest) ?? makeFolder(city, text);
  folders.delete(digest);
  folders.set(digest, folder);
  for (const [oldest, unused] of [...folders].slice(0, -MOST_FOLDERS)) {
    folders.delete(oldest);
    rmSync(unused, { recursive: true, force: true });
  }
  return folder;
}

function makeFolder(city: string, text: string): string {
  // Not among the copies of uploads: the first one that is fetched clears those of its own number.
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-profiles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(profilesFolder(), folder, { recursive: true });
  writeFileSync(join(folder, `${city}.yaml`), text);
  return folder;
}

/** The rules that differ between the current profiles and those of another folder, of every city. */
export function changedEntries(edited: string): Map<string, EntryChange> {
  const keys = [...new Set(['national', ...cityKeys(), ...cityKeys(edited)])];
  const rulesOf = (key: string, folder?: string) =>
    key === 'national' || cityKeys(folder).includes(key) ? loadProfile(key, folder).rules : [];
  return new Map(keys.flatMap((key) => [...compareEntries(rulesOf(key), rulesOf(key, edited))]));
}
