import * as z from 'zod';
import { ownValue } from '../text/own-value.ts';
import { cities } from './cities.ts';
import { tableLoader } from './load-table.ts';

const pattern = z.string().transform((source) => new RegExp(source, 'u'));
const bodySchema = z.strictObject({
  key: z.string(),
  name: z.string(),
  short: z.string().optional(),
  printed: z.array(z.string()).optional(),
  addressee: pattern.optional(),
  party: pattern.optional(),
  source: z.string().min(1),
});
type Body = z.output<typeof bodySchema>;

const loadTable = tableLoader(z.strictObject({ bodies: z.array(bodySchema) }));
const bodies = (folder?: string): Body[] => loadTable('bodies', folder).bodies;

/** The body of the 地域包括支援センター, whatever a city calls it. */
const CENTER = 'hokatsu_center';
/** Any city, as an addressee. As a party of a contract each city has its own key. */
const CITY = 'city';

/** The name of every body by key, those of cities among them (profiles/bodies.yaml, profiles/cities.yaml). */
export const bodyNames = (folder?: string): Record<string, string> =>
  Object.fromEntries([
    ...bodies(folder).map(({ key, name }) => [key, name]),
    ...cityBodies(folder).map(({ body, name }) => [body, name]),
  ]);

/** What the sentences of one city's findings call each body. */
export const bodyNamesIn = (city: string, folder?: string): Record<string, string> => {
  const center = ownValue(cities(folder), city)?.center_name;
  const short = bodies(folder).flatMap(({ key, short }) => (short ? [[key, short]] : []));
  return { ...bodyNames(folder), ...Object.fromEntries(short), ...(center && { [CENTER]: center }) };
};

/** The body a 届出 is addressed to by this text; null where it names none. The first of the table wins. */
export const addresseeIn = (text: string): string | null =>
  bodies().find((body) => body.addressee?.test(text) || isPrinted(body, text))?.key ?? null;

/** The body or person a contract names by this text; null where it names none. The first of the table wins. */
export function partyIn(text: string): string | null {
  for (const body of bodies()) {
    if (body.key === CITY) {
      const city = cityBodies().find(({ name }) => isCityAsParty(name, text));
      if (city) return city.body;
    } else if (body.party?.test(text) || isPrinted(body, text)) return body.key;
  }
  return null;
}

/** Every name a 地域包括支援センター is printed by, in any city. */
export const centerNames = (): string[] => [
  ...new Set([
    ...bodies().flatMap((body) => (body.key === CENTER ? (body.printed ?? []) : [])),
    ...Object.values(cities()).flatMap(({ center_name }) => center_name ?? []),
  ]),
];

/** Whether a text names a 地域包括支援センター. */
export const namesCenter = (text: string): boolean => centerNames().some((name) => text.includes(name));

const isPrinted = (body: Body, text: string): boolean =>
  body.key === CENTER ? namesCenter(text) : (body.printed ?? []).some((name) => text.includes(name));

const cityBodies = (folder?: string): { body: string; name: string }[] =>
  Object.values(cities(folder)).flatMap(({ body, name }) => (body ? [{ body, name }] : []));

/** 「○○市長」, or the name of the city alone: an address that begins with it is no party. */
const isCityAsParty = (name: string, text: string): boolean =>
  text.includes(`${name}長`) || text.endsWith(name) || text.startsWith(`${name}(`);
