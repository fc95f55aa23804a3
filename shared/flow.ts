import type { PacketVerdict } from './decision/verdict.ts';
import type { Registry } from './registry/registry.ts';

/** A ZIP (or any other single file an office sent) on disk, or a folder. `name` is what the office called it. */
export type UploadSource = { name: string; file: string } | { name: string; folder: string };

/** What the desk knows beside the upload itself. */
export interface Desk {
  registries: Registry[];
  /** the day of judgement, ISO date */
  today: string;
  /** when the upload was received, ISO date; the first receipt date is kept over corrections */
  received: string;
  /** city key, when the caller fixes it (`check --city`) */
  city?: string;
  /** the case of the same person in the month before, from the records */
  previousCase?: (
    person: { city: string; insurer_number: string; insured_number: string },
    month: string,
  ) => Promise<{ category: string } | null>;
}

/**
 * The journey of one upload: packet → documents → facts → findings → decision.
 * Yields one verdict per packet, in the order of the ZIP; memory does not grow with the number of packets.
 * An upload that cannot be opened yields one verdict that says so. Never throws for what an office sent.
 */
export async function* decideUpload(_source: UploadSource, _desk: Desk): AsyncGenerator<PacketVerdict> {
  throw new Error('not wired yet');
}
