import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_CITY } from '../samples/city/demo-city.ts';
import { generateCity } from '../samples/city/generate-city.ts';

/**
 * Makes the demo's uploads and registry under `folder`, unless they stand there already. They are made aside and moved
 * when whole, so a demo that was cut short is made again.
 */
export async function makeDemo(
  folder: string,
  progress: (people: number, of: number) => void,
): Promise<{ uploads: string; registry: string }> {
  if (!existsSync(folder)) {
    const aside = `${folder}.part`;
    await rm(aside, { recursive: true, force: true });
    await generateCity({
      ...DEMO_CITY,
      style: 'mixed',
      csvOnly: false,
      out: aside,
      progress: (done) => progress(done.people, DEMO_CITY.people),
    });
    await rename(aside, folder);
  }
  return { uploads: join(folder, 'uploads'), registry: join(folder, 'registry.yaml') };
}
