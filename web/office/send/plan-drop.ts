import type { DroppedFile } from './dropped-files.ts';
import { type PlannedUpload, planFiles } from './plan-uploads.ts';

/** What one drop becomes: correction packets, as ZIPs or folders, find their packet by the number in them. */
export async function planDrop(dropped: readonly DroppedFile[]): Promise<PlannedUpload[]> {
  const planned: PlannedUpload[] = [];
  for (const upload of planFiles(dropped))
    planned.push(...(('zip' in upload && (await correctionsInZip(upload.zip))) || [upload]));
  return planned;
}

/** The reader of ZIPs is loaded with the first one. */
async function correctionsInZip(zip: File): Promise<PlannedUpload[] | null> {
  const { correctionsIn } = await import('./correction-zip.ts');
  return correctionsIn(zip);
}
