import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openUpload } from '../../../shared/packet/open-upload.ts';

/** Sample packets that the desk accepts: damage in them must be reported. */
const NAMES = ['iwaki-direct', 'iwaki-commissioned', 'kumamoto-renewal', 'nobeoka-type-c'];
const SAMPLES = join(import.meta.dirname, '../../../samples');

export interface BasePacket {
  name: string;
  /** path in the packet → contents */
  files: Map<string, Buffer>;
  /** the original ZIP */
  zip: Buffer;
}

export async function basePackets(): Promise<BasePacket[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const file = join(SAMPLES, 'packets', `${name}.zip`);
      const files = new Map<string, Buffer>();
      const upload = await openUpload({ name: `${name}.zip`, file });
      for await (const packet of upload.packets())
        for (const { path, read } of packet.files)
          files.set(path.slice(path.lastIndexOf('/') + 1), Buffer.from(await read()));
      return { name, files, zip: readFileSync(file) };
    }),
  );
}

export const REGISTRIES = ['iwaki', 'kumamoto', 'nobeoka'].map((city) =>
  join(SAMPLES, 'registry', `${city}.yaml`),
);
