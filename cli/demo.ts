import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCity } from '../samples/city/generate-city.ts';

/** A year of one synthetic city, so that the console has something real to show. The same every time. */
const DEMO = {
  city: 'kumamoto',
  people: 24,
  from: '2024-04',
  to: '2025-03',
  seed: '1',
  defects: 0.15,
} as const;

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
      ...DEMO,
      style: 'mixed',
      csvOnly: false,
      out: aside,
      progress: (done) => progress(done.people, DEMO.people),
    });
    await rename(aside, folder);
  }
  return { uploads: join(folder, 'uploads'), registry: join(folder, 'registry.yaml') };
}
