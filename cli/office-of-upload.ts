import { readCoverIn } from '../shared/cover-sheet/read-cover.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import { parseCsvName } from '../shared/packet/standard-csv-name.ts';
import type { UploadSource } from '../shared/packet/upload-source.ts';

/**
 * The office whose upload this is, as its file names and its 送付票 say: the operator of one machine sends it for that office,
 * which then finds it at its own desk. Null where they name none, or several.
 */
export async function officeOfUpload(source: UploadSource): Promise<string | null> {
  const { groups } = await openUpload(source);
  const named = new Set<string>();
  for (const entry of groups.flatMap(({ entries }) => entries)) {
    const office = parseCsvName(entry.path)?.from ?? (await readCoverIn([entry])).cover.office_number;
    if (office?.length === 10) named.add(office);
    if (named.size > 1) return null;
  }
  const [office = null] = named;
  return office;
}
