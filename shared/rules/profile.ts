import { bodyNamesIn } from '../profiles/bodies.ts';
import { cityName } from '../profiles/cities.ts';
import { parseTable, tableLoader } from '../profiles/load-table.ts';
import { profilesFolder } from '../profiles/profiles-folder.ts';
import { valueNames } from '../profiles/value-names.ts';
import { validateProfile } from './check-profile.ts';
import { type ProfileFile, profileSchema, type RuleEntry } from './entry.ts';
import { entryName, type Provenance, type RuleBook } from './rule.ts';

/** A rule of any template, with its dates, its citation and its edition. */
export type Rule = RuleEntry & Provenance;

/** The rules of one city in force in one service month, with the national ones before them. */
export interface Edition extends RuleBook {
  rules: Rule[];
  eventReading: ProfileFile['event_reading'];
  /** how the event is called once the category of the month is known, the same in every city */
  eventByCategory: ProfileFile['event_reading'];
}

/** Reads profiles/<key>.yaml. Throws ProfileError with file, place and cause where the file is not a sound profile. */
export const loadProfile: (key: string, folder?: string) => ProfileFile = tableLoader(
  profileSchema,
  validateProfile,
);

/** Parses and checks a profile's text; `file` names it in errors. */
export const parseProfile = (text: string, file: string): ProfileFile =>
  parseTable(text, file, profileSchema, validateProfile);

/**
 * The rules in force in `month` (YYYY-MM): chosen by the service month, never by the day of the run.
 * Without a month every entry whose period is open today's end counts, which is what the newest edition says.
 */
export function editionOn(city: string, month: string | undefined, folder = profilesFolder()): Edition {
  const key = `${folder}\n${city}\n${month ?? ''}`;
  const existing = editions.get(key);
  if (existing) return existing;
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
  const own = inForce(local, month, 'city');
  const replaced = new Set(own.flatMap((r) => r.replaces));
  const common = inForce(national, month, 'national').filter(
    (r) => !replaced.has(r.id) && !replaced.has(entryName(r)),
  );
  return {
    city,
    name: cityName(city, folder),
    id: `${city}@${latestStart(local, month)}`,
    provisional: local.provisional,
    rules: [...common, ...own],
    names: { ...valueNames(folder), ...bodyNamesIn(city, folder), ...local.names },
    configuration: { ...national.configuration, ...local.configuration },
    eventReading: local.event_reading,
    eventByCategory: national.event_reading,
    routeReading: national.route_reading,
  };
}

function inForce(profile: ProfileFile, month: string | undefined, scope: Rule['scope']): Rule[] {
  const edition = `${profile.city}@${latestStart(profile, month)}`;
  return withProvenance(profile, edition, scope).filter(({ from, to }) =>
    month ? from <= `${month}-01` && (!to || `${month}-01` <= to) : !to,
  );
}

/** Every entry of a rule of the city, or of the national law, whenever it is in force; empty for an unknown one. */
export const entriesOf = (city: string, id: string): Rule[] =>
  [
    ...withProvenance(loadProfile(city), city, 'city'),
    ...withProvenance(loadProfile('national'), 'national', 'national'),
  ].filter((rule) => rule.id === id);

function withProvenance(profile: ProfileFile, edition: string, scope: Rule['scope']): Rule[] {
  const { provisional, in_force } = profile;
  return profile.rules.map((rule) => {
    const from = rule.from ?? in_force.from;
    const to = rule.to ?? in_force.to;
    const { title } = (rule.source && profile.sources[rule.source]) || profile.source;
    return {
      ...rule,
      from,
      ...(to && { to }),
      citation: { title, place: rule.place },
      edition,
      provisional,
      scope,
    };
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
