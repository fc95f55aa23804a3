import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { generateCity } from '../samples/city/generate-city.ts';
import { readCsvFile } from '../shared/documents/csv/read-csv.ts';
import { openUpload } from '../shared/packet/open-upload.ts';
import type { PacketFile } from '../shared/packet/packet.ts';

/**
 * CSV of the national standard with every check (types, code lists, required items, joint keys, 外字, file name), beside
 * bare csv-parse behind a decoder, which knows none of it.
 *
 *   node bench/reading-csv.ts [people, 240] [rounds, 7]
 *
 * One file a type, its rows those of a synthetic city. CPU is user + system of the best round.
 */
const PEOPLE = Number(process.argv[2] ?? 240);
const ROUNDS = Number(process.argv[3] ?? 7);
const GOAL = 2;

const files = await cityFiles();
let ours = 0;
let theirs = 0;
console.log('| file | rows | KB | the desk, ms | csv-parse, ms | ratio | findings |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const [type, file] of [...files].sort(([a], [b]) => a.localeCompare(b))) {
  const bytes = await file.read();
  const { document } = await readCsvFile(file);
  const decode = new TextDecoder('shift_jis', { fatal: true });
  const desk = await best(() => readCsvFile(file));
  const bare = await best(async () => parse(decode.decode(bytes), { relax_column_count: true }));
  ours += desk;
  theirs += bare;
  console.log(
    `| ${type} | ${document.rows} | ${(bytes.length / 1024).toFixed(0)} | ${desk.toFixed(1)} | ${bare.toFixed(1)} | ${(desk / bare).toFixed(2)} | ${document.findings.length} |`,
  );
}
console.log(`\nthe desk / csv-parse, all files: ${(ours / theirs).toFixed(2)}   goal: at most ${GOAL}`);

/** Milliseconds of CPU of the best round. */
async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let i = 0; i <= ROUNDS; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (i > 0) least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The files of everybody, one a type. */
async function cityFiles(): Promise<Map<string, PacketFile>> {
  const out = mkdtempSync(join(tmpdir(), 'uketsuke-csv-'));
  try {
    await generateCity({
      ...{ city: 'mito', people: PEOPLE, from: '2024-04', to: '2024-06', seed: '1', out },
      ...{ style: 'standard', defects: 0, csvOnly: true },
    });
    const parts = new Map<string, { path: string; bytes: Uint8Array[] }>();
    for (const name of readdirSync(join(out, 'uploads'))) {
      const upload = await openUpload({ name, file: join(out, 'uploads', name) });
      for await (const packet of upload.packets())
        for (const file of packet.files) {
          const type = /([A-Z]+(?:_SUB\d?)?)_[^/]*\.CSV$/.exec(file.path)?.[1];
          if (!type) continue;
          const part = parts.get(type) ?? { path: file.path, bytes: [] };
          parts.set(type, part);
          part.bytes.push(await file.read());
        }
    }
    return new Map(
      [...parts].map(([type, { path, bytes }]) => {
        const whole = Buffer.concat(bytes);
        return [type, { path, size: whole.length, digest: type, read: async () => whole } as PacketFile];
      }),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
