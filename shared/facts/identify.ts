import type { Cover } from '../cover-sheet/read-cover.ts';
import type { Finding } from '../findings/finding.ts';
import type { RegisteredOffice, Registry } from '../registry/registry.ts';
import { findArea } from './identify/find-area.ts';
import { findCity } from './identify/find-city.ts';
import { findOffice } from './identify/find-office.ts';
import { findPerson } from './identify/find-person.ts';
import type { Readings } from './readings.ts';

/** Who and where a packet is about. null: nobody said, or the sources disagree (a finding says which). */
export interface Identity {
  city: string | null;
  registry: Registry | null;
  insurer_number: string | null;
  insured_number: string | null;
  name: string | null;
  office_number: string | null;
  office: RegisteredOffice | null;
  /** true when the sender is a 地域包括支援センター of the registry */
  is_center: boolean;
  area: string | null;
  center_number: string | null;
  /** the area the address lies in, whatever the sender wrote */
  home_area: string | null;
}

interface Context {
  registries: Registry[];
  city?: string | undefined;
}

/** Reads person, office, city and area from the documents, then the cover, then the registry. */
export function identify(
  readings: Readings,
  cover: Cover,
  context: Context,
): { identity: Identity; findings: Finding[] } {
  const findings: Finding[] = [];
  const insured = findPerson(readings, cover, findings);
  const { city, insurer, registry } = findCity(readings, cover, context, findings);
  const { number, office, isCenter } = findOffice(readings, cover, registry, findings);
  const place = findArea(readings, cover, registry, findings);
  return {
    identity: {
      city,
      registry,
      insurer_number: insurer,
      insured_number: insured.number,
      name: insured.name,
      office_number: number,
      office,
      is_center: isCenter,
      ...place,
    },
    findings,
  };
}
