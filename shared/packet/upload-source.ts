import type { Redaction } from './withdrawn.ts';

/**
 * A ZIP (or any other single file an office sent) on disk, or a folder. `name` is what the office called it.
 * `redaction`: what was taken out of it since it came; opened with it, the upload gives the packets it gave before.
 */
export type UploadSource =
  | { name: string; file: string; redaction?: Redaction | null }
  | { name: string; folder: string };
