import { createHash } from 'node:crypto';
import type { UploadEntry } from './upload-entry.ts';

/**
 * What makes a packet with files that cannot be read another than one with files of the same names: `contents`, their places
 * in the upload and their bytes as they are stored; `name`, nothing else, as before December 2026: packets decided until
 * then are found by it.
 */
export type TroubledIdentity = 'contents' | 'name';

/** Of one such file. The bytes of one whose name carries a 個人番号 do not stay, nor does anything made of them. */
export async function identifyTroubled(entry: UploadEntry): Promise<string> {
  const place = entry.placeWithin ?? entry.path;
  if (entry.isNumbered || !entry.stored) return place;
  const hash = createHash('sha256');
  for await (const chunk of entry.stored()) hash.update(chunk);
  return `${place}\0${hash.digest('hex')}`;
}
