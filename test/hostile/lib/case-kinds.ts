/** One upload that is damaged, by accident or on purpose. */
export interface HostileCase {
  kind: Kind;
  /** what was done to it, as text */
  what: string;
  name: string;
  bytes: Uint8Array;
  /** paths in the ZIP; null where the ZIP itself is damaged */
  paths: string[] | null;
  /** the damaged file; null: the ZIP itself */
  spoilt: string | null;
  /** `lost`: unreadable, so a finding must report it and the packet is not accepted. `changed`: it may still be good. */
  damage: 'lost' | 'changed';
}
/** A damaged file. */
export interface Spoilt {
  what: string;
  bytes: Uint8Array;
  damage: HostileCase['damage'];
}
export const KINDS = [
  'CSV, changed',
  'CSV, built',
  'ZIP, changed',
  'ZIP, built',
  'PDF, changed',
  'PDF, built',
  'picture',
  'Office, mail or archive',
  'packet.json',
  'random bytes',
] as const;
export type Kind = (typeof KINDS)[number];
