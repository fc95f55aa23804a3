import { unzip } from 'fflate';
import { correctedPacket } from '../../../shared/vocabulary/correction.ts';
import type { DroppedFile } from './dropped-files.ts';
import { type PlannedUpload, planCorrection, planUploads } from './plan-uploads.ts';

/** Bytes up to which a ZIP is looked into: a correction packet is small. */
const LARGEST = 100 * 1024 ** 2;

/** What one drop becomes: correction packets, as ZIPs or folders, find their packet by the number in them. */
export async function planDrop(dropped: readonly DroppedFile[]): Promise<PlannedUpload[]> {
  const packet = correctedPacket(dropped.map(({ path }) => path));
  if (packet) return [planCorrection(packet, dropped)];
  const planned: PlannedUpload[] = [];
  for (const upload of planUploads(dropped))
    planned.push(('zip' in upload && (await correctionIn(upload.zip))) || upload);
  return planned;
}

/** The correction packet in a ZIP; null for another ZIP, or one that cannot be read here. */
async function correctionIn(zip: File): Promise<PlannedUpload | null> {
  if (zip.size > LARGEST) return null;
  const bytes = new Uint8Array(await zip.arrayBuffer());
  const names: string[] = [];
  // Only the names: nothing is unpacked of a ZIP that is no correction packet.
  const listed = await unzipped(bytes, (name) => names.push(name) < 0);
  const packet = listed && correctedPacket(names);
  const files = packet && (await unzipped(bytes, (name) => !name.endsWith('/')));
  if (!packet || !files) return null;
  return planCorrection(
    packet,
    Object.entries(files).map(([path, content]) => ({
      path,
      file: new File([content as Uint8Array<ArrayBuffer>], path),
    })),
  );
}

const unzipped = (
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<Record<string, Uint8Array> | null> =>
  new Promise((resolve) =>
    unzip(bytes, { filter: ({ name }) => wanted(name) }, (error, files) => resolve(error ? null : files)),
  );
