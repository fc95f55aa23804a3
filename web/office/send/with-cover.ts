import { DeskError } from '../../shared/api/desk-error.ts';
import { type Cover, coverFile } from '../cover/cover-items.ts';
import type { DroppedFile } from './dropped-files.ts';
import type { PlannedUpload } from './plan-uploads.ts';

/**
 * An upload with a filled 送付票 at its path, in the place of the one that was there. A ZIP is unpacked for it.
 * @throws DeskError where a file of the ZIP cannot be unpacked: it would be lost
 */
export async function withCover(upload: PlannedUpload, path: string, cover: Cover): Promise<PlannedUpload> {
  const files = 'zip' in upload ? await filesIn(upload.zip) : upload.files;
  const others = files.filter((one) => one.path.normalize('NFC') !== path);
  const { name, joins } = upload;
  return { name, ...(joins && { joins }), files: [...others, { path, file: coverFile(cover) }] };
}

async function filesIn(zip: File): Promise<DroppedFile[]> {
  const { listZip, unpackZip } = await import('./zip-files.ts');
  const { files, troubles } = await unpackZip(await listZip(zip));
  if (troubles.length === 0 && files.length > 0) return files;
  throw new DeskError(
    `このZIPには送付票を添えられません。${troubles.join('')}ZIPを作り直すか、フォルダーのまま置いて、もう一度確認してください。`,
    0,
  );
}
