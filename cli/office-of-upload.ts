import { collectBytes } from '../shared/packet/collect-bytes.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import { parseCsvName } from '../shared/packet/standard-csv-name.ts';
import type { UploadEntry } from '../shared/packet/upload-entry.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';

/**
 * The office whose upload this is, as its file names and its 送付票 say: the operator of one machine sends it for that office,
 * which then finds it at its own desk. Null where they name none, or several.
 */
export async function officeOfUpload(source: UploadSource): Promise<string | null> {
  const { groups } = await openUpload(source);
  const named = new Set<string>();
  for (const entry of groups.flatMap(({ entries }) => entries)) {
    const office = parseCsvName(entry.path)?.from ?? (await officeOfCover(entry));
    if (office?.length === 10) named.add(office);
    if (named.size > 1) return null;
  }
  const [office = null] = named;
  return office;
}

/** More than any 送付票 needs. */
const MOST_BYTES = 1024 ** 2;

/** A 送付票 that cannot be read names no office; the desk says what is wrong with it. */
async function officeOfCover(entry: UploadEntry): Promise<string | null> {
  if (!/(^|\/)packet\.json$/i.test(entry.path) || (entry.declaredSize ?? 0) > MOST_BYTES) return null;
  try {
    const cover: unknown = JSON.parse((await collectBytes(entry.bytes(true))).toString('utf8'));
    const { office_number } = cover as { office_number?: unknown };
    return typeof office_number === 'string' ? office_number : null;
  } catch {
    return null;
  }
}
