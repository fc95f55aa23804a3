import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_CITY } from '../samples/city/demo-city.ts';
import { generateCity } from '../samples/city/generate-city.ts';

/**
 * Creates the uploads and the registry of the demo below `folder`, unless they exist. They are moved into place when
 * complete, so that an interrupted demo is created again.
 */
export async function createDemo(
  folder: string,
  progress: (people: number, total: number) => void,
): Promise<{ uploads: string; registry: string }> {
  if (!existsSync(folder)) {
    const partial = `${folder}.part`;
    await rm(partial, { recursive: true, force: true });
    await generateCity({
      ...DEMO_CITY,
      style: 'mixed',
      csvOnly: false,
      out: partial,
      progress: (done) => progress(done.people, DEMO_CITY.people),
    });
    await rename(partial, folder);
  }
  return { uploads: join(folder, 'uploads'), registry: join(folder, 'registry.yaml') };
}
