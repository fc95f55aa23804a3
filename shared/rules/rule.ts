import type { Citation } from '../findings/finding.ts';
import type { BaseEntry } from './entry-base.ts';
import type { ProfileHeader } from './profile-header.ts';

/** Where an entry in force comes from. */
export interface Provenance {
  from: string;
  citation: Citation;
  edition: string;
  provisional: boolean;
  /** a rule of the city comes before a national one where both hold */
  scope: 'national' | 'city';
}

/** An entry of a profile with its provenance: one template's, or any. */
export type RuleOf<E extends BaseEntry = BaseEntry> = E & Provenance;

/** The rules of one city in force in one service month, national ones first. */
export interface RuleBook {
  city: string;
  name: string;
  id: string;
  provisional: boolean;
  rules: RuleOf[];
  names: Record<string, string>;
  configuration: ProfileHeader['configuration'];
  /** the same in every city */
  routeReading: ProfileHeader['route_reading'];
}

/** `MIT-R12（実績報告の締切）`: names one of several entries of a rule. */
export const entryName = ({ id, part }: Pick<BaseEntry, 'id' | 'part'>): string =>
  part ? `${id}（${part}）` : id;

/**
 * The value the city has settled under a key of its configuration; undefined while it is open (null or an empty list).
 * An entry that needs such a value names it as `config.<key>`.
 */
export function cityConfig<T>(
  { configuration }: Pick<RuleBook, 'configuration'>,
  key: string,
): T | undefined {
  const value = configuration[key.replace(/^config\./, '')]?.value;
  return value === null || (Array.isArray(value) && value.length === 0)
    ? undefined
    : (value as T | undefined);
}
