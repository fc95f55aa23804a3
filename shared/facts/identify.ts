import type { Papers } from '../cover-sheet/papers.ts';
import type { Finding } from '../findings/finding.ts';
import type { RegisteredOffice, Registry } from '../registry/registry.ts';
import type { Comparable } from './compare/document-readings.ts';
import { factsFromGiven } from './given.ts';
import { areasShown, findArea } from './identify/find-area.ts';
import { type CityContext, findCity, residenceOf } from './identify/find-city.ts';
import { findMonth, type ServiceMonth } from './identify/find-month.ts';
import { findOffice, officesShown } from './identify/find-office.ts';
import { findPerson } from './identify/find-person.ts';
import { Readings } from './readings.ts';

/** Person, sender, area and month of the papers. null: no source, or the sources disagree. */
export interface Identity {
  city: string | null;
  registry: Registry | null;
  insurer_number: string | null;
  /** of a person under 住所地特例: the key of the city of the facility */
  residence: string | null;
  insured_number: string | null;
  name: string | null;
  office_number: string | null;
  office: RegisteredOffice | null;
  /** true when the sender is a 地域包括支援センター of the registry */
  is_center: boolean;
  area: string | null;
  center_number: string | null;
  /** the area the address is in, whatever the sender wrote */
  lives_in: string | null;
  /** the same, where every address is of another center than the one in charge */
  home_area?: string;
  month: ServiceMonth;
}

/** A person the records can be asked about. */
export interface Person {
  city: string;
  insurer_number: string;
  insured_number: string;
}

/** Null while one of city, insurer and number is open. */
export function personOf({ city, insurer_number, insured_number }: Identity): Person | null {
  return city && insurer_number && insured_number ? { city, insurer_number, insured_number } : null;
}

/**
 * Reads person, city, office, area and month from the documents, then the cover, then the registry.
 * `shown`: what each source says of office and area, for the comparison.
 */
export function identify(
  { cover: { cover, given }, documents }: Papers,
  context: CityContext,
): { identity: Identity; findings: Finding[]; shown: Comparable[] } {
  const readings = new Readings(documents);
  const person = findPerson(readings, cover);
  const residence = residenceOf(readings, cover, given);
  const { city, insurer, registry, ...ofCity } = findCity(readings, cover, context, residence);
  const office = findOffice(readings, cover, registry);
  const { findings: ofArea, ...area } = findArea(readings, cover, registry);
  const { month, findings: ofMonth } = findMonth(readings, factsFromGiven(given, 'cover'));
  return {
    identity: {
      city,
      registry,
      insurer_number: insurer,
      residence: residence ?? null,
      insured_number: person.number,
      name: person.name,
      office_number: office.number,
      office: office.office,
      is_center: office.isCenter,
      ...area,
      month,
    },
    shown: [officesShown(readings, cover, registry), areasShown(readings, cover, registry)],
    findings: [...person.findings, ...ofCity.findings, ...office.findings, ...ofArea, ...ofMonth],
  };
}
