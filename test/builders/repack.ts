import { openUpload } from '../../shared/packet/open-upload.ts';
import { type ZipPart, zip } from './zip.ts';

/** One ZIP with the packets of several, without the files whose path contains `without`. */
export async function repack(files: string[], options: { without?: string } = {}): Promise<Buffer> {
  const parts: ZipPart[] = [];
  for (const file of files) {
    const upload = await openUpload({ name: 'sample.zip', file });
    for await (const packet of upload.packets())
      for (const one of packet.files)
        if (!options.without || !one.path.includes(options.without))
          parts.push({ name: one.path, bytes: await one.read() });
  }
  return zip(parts);
}
