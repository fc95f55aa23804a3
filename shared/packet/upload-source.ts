import type { Redaction } from './withdrawn.ts';

/**
 * A ZIP (or any other single file an office sent) on disk, or a folder. `name` is the name the office gave it.
 * `redaction`: what was removed from it since; with it the upload gives the same packets as before.
 */
export type UploadSource =
  | { name: string; file: string; redaction?: Redaction | null }
  | { name: string; folder: string };
