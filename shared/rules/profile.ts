import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Citation } from '../findings/finding.ts';
import { cityNames } from '../profiles/cities.ts';
import { profilesFolder } from '../profiles/profiles-folder.ts';
import { validateProfile } from './check-profile.ts';
import { type ProfileFile, profileSchema, type RuleEntry } from './entry.ts';

/** One entry with everything the runner needs: its dates, its citation, its edition. */
export type Rule = RuleEntry & { from: string; citation: Citation; edition: string; provisional: boolean };

/** The rules of one city in force in one service month, with the national ones before them. */
export interface Edition {
  city: string;
  name: string;
  id: string;
  provisional: boolean;
  rules: Rule[];
  names: Record<string, string>;
  configuration: ProfileFile['configuration'];
  eventReading: ProfileFile['event_reading'];
}

export class ProfileError extends Error {}

const cache = new Map<string, ProfileFile>();

/** Reads profiles/<key>.yaml. Throws ProfileError with file, place and cause when the file is not a sound profile. */
export function loadProfile(key: string, folder = profilesFolder()): ProfileFile {
  const file = join(folder, `${key}.yaml`);
  const known = cache.get(file);
  if (known) return known;
  const profile = parseProfile(readFileSync(file, 'utf8'), `profiles/${key}.yaml`);
  cache.set(file, profile);
  return profile;
}

/** Parses and checks a profile's text; `file` only names it in errors. */
export function parseProfile(text: string, file: string): ProfileFile {
  let raw: unknown;
  try {
    // A profile is the desk's own file: its conditions may be named and used again as often as they are needed.
    raw = parse(text, { merge: true, maxAliasCount: -1 });
  } catch (cause) {
    throw new ProfileError(
      `${file}: YAMLとして読めません。${cause instanceof Error ? cause.message : cause}`,
    );
  }
  const result = profileSchema.safeParse(raw);
  if (!result.success) {
    const where = result.error.issues.slice(0, 8).map((issue) => {
      const [head, index] = issue.path;
      const rule =
        head === 'rules' && typeof index === 'number'
          ? (raw as { rules: { id?: string }[] }).rules[index]?.id
          : undefined;
      return `${rule ?? ''} ${issue.path.join('.')}: ${issue.message}`.trim();
    });
    throw new ProfileError(`${file} に誤りがあります。\n  ${where.join('\n  ')}`);
  }
  const faults = validateProfile(result.data);
  if (faults.length > 0) throw new ProfileError(`${file} に誤りがあります。\n  ${faults.join('\n  ')}`);
  return result.data;
}

/** The city whose insurer number this is, by the profiles; undefined when no city of the desk has it. */
export function cityOfInsurer(insurer: string, folder?: string): string | undefined {
  return cityKeys(folder).find((key) => loadProfile(key, folder).insurer_numbers.includes(insurer));
}

/** A city's key from its key or its printed name. */
export function cityKey(keyOrName: string, folder?: string): string | undefined {
  return cityKeys(folder).find((key) => key === keyOrName || loadProfile(key, folder).name === keyOrName);
}

/** The key of every city that has a profile. */
export const cityKeys = (folder = profilesFolder()): string[] => Object.keys(cityNames(folder));

/**
 * The rules in force in `month` (YYYY-MM): chosen by the service month, never by the day of the run.
 * Without a month every entry whose period is open today's end counts, which is what the newest edition says.
 */
export function editionOn(city: string, month: string | undefined, folder = profilesFolder()): Edition {
  const key = `${folder}\n${city}\n${month ?? ''}`;
  const known = editions.get(key);
  if (known) return known;
  const edition = makeEdition(city, month, folder);
  // A desk meets a few dozen months; a hostile packet may name any. The oldest goes first.
  if (editions.size >= 500) editions.delete(editions.keys().next().value!);
  editions.set(key, edition);
  return edition;
}
const editions = new Map<string, Edition>();

function makeEdition(city: string, month: string | undefined, folder: string): Edition {
  const national = loadProfile('national', folder);
  const local = loadProfile(city, folder);
  const own = inForce(local, month);
  const ids = new Set(own.flatMap((r) => [r.id, ...r.also]));
  const replaced = new Set(own.flatMap((r) => r.replaces));
  const common = inForce(national, month).filter(
    (r) => !replaced.has(r.id) && !r.superseded_by.some((id) => ids.has(id)),
  );
  const rules = [...common, ...own];
  return {
    city,
    name: local.name,
    id: `${city}@${latestStart(local, month)}`,
    provisional: local.provisional,
    rules,
    names: { ...national.names, ...local.names },
    configuration: { ...national.configuration, ...local.configuration },
    eventReading: local.event_reading,
  };
}

function inForce(profile: ProfileFile, month: string | undefined): Rule[] {
  const edition = `${profile.city}@${latestStart(profile, month)}`;
  return profile.rules.flatMap((rule) => {
    const from = rule.from ?? profile.in_force.from;
    const to = rule.to ?? profile.in_force.to;
    const applies = month ? from <= `${month}-01` && (!to || `${month}-01` <= to) : !to;
    if (!applies) return [];
    const title = (rule.source ? profile.sources[rule.source] : profile.source)!.title;
    return [
      {
        ...rule,
        from,
        citation: { title, place: rule.place },
        edition,
        provisional: profile.provisional,
      } as Rule,
    ];
  });
}

/** The newest date at which anything in the profile changed, up to the month: it names the edition. */
function latestStart(profile: ProfileFile, month: string | undefined): string {
  const limit = month ? lastMoment(month) : '9999-12-31';
  const starts = [profile.in_force.from, ...profile.rules.map((r) => r.from ?? profile.in_force.from)];
  return (
    starts
      .filter((d) => d <= limit)
      .sort()
      .at(-1) ?? profile.in_force.from
  );
}

const lastMoment = (month: string): string => `${month}-31`;
