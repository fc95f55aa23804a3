import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCity } from '../samples/city/generate-city.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { cpuOfEnded, cpuWithChildren } from './lib/cpu.ts';

/**
 * A whole packet, from the ZIP to the decision, compared with a shell script that only unzips, converts, runs pdftotext and
 * greps (needs unzip, iconv and poppler-utils).
 *
 *   node bench/whole-packet.ts [people, 48] [rounds, 5]
 *
 * CPU is user + system of the processes and everything they started, best round.
 */
const PEOPLE = Number(process.argv[2] ?? 48);
const ROUNDS = Number(process.argv[3] ?? 5);

/** A simple script of an office: which papers arrived, and of which person. */
const SCRIPT = `
set -e
cd "$1"
unzip -qq -O CP932 "$2" 2>/dev/null || unzip -qq "$2"
find . -name '*.CSV' | while read -r f; do iconv -f CP932 -t UTF-8 "$f" > "$f.txt" 2>/dev/null || true; done
find . -name '*.pdf' | while read -r f; do pdftotext -layout "$f" "$f.txt" 2>/dev/null || true; done
for d in */; do
  grep -rlE '支援計画書|利用者基本情報|届出書|評価表|サービス担当者会議|モニタリング' "$d" > found.txt || true
  grep -rhoE '[0-9]{10}' "$d" | sort | uniq -c | sort -rn | head -1 > number.txt || true
done
`;

const out = mkdtempSync(join(tmpdir(), 'uketsuke-packet-'));
try {
  await generateCity({
    ...{ city: 'mito', people: PEOPLE, from: '2024-05', to: '2024-05', seed: '1', out },
    ...{ style: 'standard', defects: 0, csvOnly: false },
  });
  const registries = [await loadRegistry(join(out, 'registry.yaml'))];
  const zips = readdirSync(join(out, 'uploads')).map((name) => join(out, 'uploads', name));
  let packets = 0;
  const decideAll = async (): Promise<void> => {
    packets = 0;
    for (const file of zips)
      for await (const _ of decideUpload({ name: 'upload.zip', file }, { registries, today: '2024-07-01' }))
        packets++;
  };
  const ours = await best(decideAll, cpuWithChildren);
  const script = join(out, 'script.sh');
  writeFileSync(script, SCRIPT);
  const shell = await best(async () => {
    for (const zip of zips) {
      const folder = mkdtempSync(join(out, 'shell-'));
      const { status, stderr } = spawnSync('bash', [script, folder, zip], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`the script failed: ${stderr}`);
    }
  }, cpuOfEnded);
  const row = (name: string, ms: number): string =>
    `| ${name} | ${(ms / packets).toFixed(1)} | ${(ms / shell).toFixed(2)} × |`;
  console.log(`${packets} packets in ${zips.length} uploads, CSV and PDF\n`);
  console.log('| | ms of CPU a packet | |\n| --- | ---: | ---: |');
  console.log(row('shell script: unzip, iconv, pdftotext, grep', shell));
  console.log(row('uketsuke, warm: everything, with explanation', ours));
  console.log(`\ngoal: at most 0.5 ×`);
} finally {
  rmSync(out, { recursive: true, force: true });
}
process.exit(0);

async function best(work: () => Promise<void>, clock: () => number): Promise<number> {
  let least = Infinity;
  for (let i = 0; i <= ROUNDS; i++) {
    const before = clock();
    await work();
    if (i > 0) least = Math.min(least, clock() - before);
  }
  return least;
}
