import { openUpload } from './open-upload.ts';
import type { Packet } from './packet.ts';
import type { UploadSource } from './upload-source.ts';

/** The packet of an upload whose contents have this digest, or null. The upload must stay in its place while it is read. */
export async function findPacket(source: UploadSource, digest: string): Promise<Packet | null> {
  const upload = await openUpload(source);
  for await (const packet of upload.packets()) if (packet.digest === digest) return packet;
  return null;
}
