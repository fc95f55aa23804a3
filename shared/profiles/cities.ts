import * as z from 'zod';
import { ownValue } from '../text/own-value.ts';
import { tableLoader } from './load-table.ts';

const citySchema = z.strictObject({
  /** as the city prints it */
  name: z.string().min(1),
  /** 6 digits, derived by the check-digit rule, to be confirmed by the city */
  insurer_numbers: z.array(z.string().regex(/^\d{6}$/, '保険者番号は6桁の数字で書いてください')).default([]),
  /** what the city's documents call a 地域包括支援センター */
  center_name: z.string().min(1).optional(),
  /** the key of the city as a body: a party of contracts, a payer */
  body: z.string().min(1).optional(),
});
export type City = z.infer<typeof citySchema>;

const loadTable = tableLoader(z.strictObject({ cities: z.record(z.string(), citySchema) }));

/** Every city with a profile, by key: the index profiles/cities.yaml. Naming a city does not load its rules. */
export const cities = (folder?: string): Record<string, City> => loadTable('cities', folder).cities;

/** The key of every city that has a profile. */
export const cityKeys = (folder?: string): string[] => Object.keys(cities(folder));

/** The printed name of every city, by key. */
export const cityNames = (folder?: string): Record<string, string> =>
  Object.fromEntries(Object.entries(cities(folder)).map(([key, { name }]) => [key, name]));

/** The printed name of a city; the key itself where the index has no such city. */
export const cityName = (key: string, folder?: string): string => ownValue(cities(folder), key)?.name ?? key;

/** A city's key from its key or its printed name. */
export function cityKey(keyOrName: string, folder?: string): string | undefined {
  const table = cities(folder);
  if (Object.hasOwn(table, keyOrName)) return keyOrName;
  return Object.keys(table).find((key) => table[key]?.name === keyOrName);
}

/** The city that has this insurer number; undefined where none has. */
export const cityOfInsurer = (insurer: string, folder?: string): string | undefined =>
  cityKeys(folder).find((key) => cities(folder)[key]?.insurer_numbers.includes(insurer));
