import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CITIES } from './lib/cast.ts';
import type { City } from './lib/model.ts';
import type { SampleUpload } from './lib/packet.ts';
import { registryYaml } from './lib/registry.ts';
import type { ZipEntry } from './lib/zip.ts';
import { writeZip } from './lib/zip.ts';
import { broken } from './sets/broken.ts';
import { iwaki } from './sets/iwaki.ts';
import { kumamoto } from './sets/kumamoto.ts';
import { mito } from './sets/mito.ts';
import { nobeoka } from './sets/nobeoka.ts';
import { okayama } from './sets/okayama.ts';

/** Every upload of the samples. */
export const uploads = (): SampleUpload[] => [
  ...mito(),
  ...iwaki(),
  ...kumamoto(),
  ...okayama(),
  ...nobeoka(),
  ...broken(),
];

/** Writes samples/packets/*.zip and samples/registry/*.yaml under `root`. The same source gives the same contents. */
export async function generateSamples(root: string): Promise<void> {
  await writeRegistries(join(root, 'registry'));
  const folder = join(root, 'packets');
  await emptyFolder(folder, '.zip');
  for (const upload of uploads()) await writeFile(join(folder, upload.zip), await uploadBytes(upload));
}

async function writeRegistries(folder: string): Promise<void> {
  await emptyFolder(folder, '.yaml');
  for (const key of Object.keys(CITIES) as City['key'][])
    await writeFile(join(folder, `${key}.yaml`), registryYaml(key));
}

async function emptyFolder(folder: string, extension: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (name.endsWith(extension)) await rm(join(folder, name));
}

export async function uploadBytes(upload: SampleUpload): Promise<Uint8Array> {
  if (upload.bytes) return upload.bytes;
  const entries: ZipEntry[] = [];
  for (const { folder, files } of upload.packets)
    for (const { name, bytes } of await Promise.all(files))
      entries.push({ path: folder === null ? name : `${folder}/${name}`, bytes });
  return writeZip(entries, upload.names);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));
  await generateSamples(root);
  console.log(`${(await readdir(join(root, 'packets'))).length} uploads written to ${join(root, 'packets')}`);
}
