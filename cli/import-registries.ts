import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadRegistry } from '../shared/registry/registry.ts';
import type { ApiClient } from './api-client.ts';
import { printLine } from './print-line.ts';

/** Imports the user's registries, and the sample registries of cities without one, so that a new desk knows its areas. */
export async function importRegistries(
  client: ApiClient,
  files: string[],
  sampleFolder: string,
): Promise<void> {
  const { registries } = await client.get<{ registries: { city: string }[] }>('/registries');
  const cities = new Set(registries.map(({ city }) => city));
  for (const file of files) {
    const registry = await loadRegistry(file);
    await client.importRegistry(registry);
    cities.add(registry.city);
    printLine(`登録簿を取り込みました: ${file}`);
  }
  const imported: string[] = [];
  for (const name of (await readdir(sampleFolder)).filter((file) => file.endsWith('.yaml')).sort()) {
    const registry = await loadRegistry(join(sampleFolder, name));
    if (cities.has(registry.city)) continue;
    await client.importRegistry(registry);
    imported.push(registry.city);
  }
  if (imported.length > 0) printLine(`見本の登録簿を取り込みました: ${imported.join(' ')}`);
}
