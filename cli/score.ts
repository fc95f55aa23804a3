import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TruthLine } from '../samples/city/truth.ts';
import { InputError } from './expand-inputs.ts';
import { printScore } from './print-score.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';
import { CityScorer } from './score-upload.ts';
import { Tally } from './tally.ts';

/**
 * `uketsuke score`: decides the uploads of a synthetic city and compares with its truth.
 * Exit codes: 0 nothing was accepted that the truth returns, 1 something was, 2 usage or unreadable input.
 */
export const runScore = (argv: string[]): Promise<number> =>
  runVerb(
    verb('score')
      .argument('<DIR...>', 'generate が書いたフォルダー（registry.yaml, uploads/, truth.jsonl）')
      .option('--json', '結果をJSONで')
      .option('--limit <N>', '見落としと余計な指摘を N 件まで示す', '20'),
    argv,
    async ({ json, limit }, paths) => {
      const folders = (await Promise.all(paths.map(cityFolders))).flat();
      if (folders.length === 0) throw new UsageError('truth.jsonl のあるフォルダーを指定してください。');
      const tally = await scoreCities(folders, Number(limit));
      process.stderr.write('\r');
      process.stdout.write(json ? `${JSON.stringify(tally.summary(), null, 1)}\n` : printScore(tally));
      return tally.silent.length > 0 ? 1 : 0;
    },
  );

async function scoreCities(folders: string[], limit: number): Promise<Tally> {
  const tally = new Tally(limit);
  const started = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  for (const folder of folders) await scoreCity(folder, tally);
  tally.seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  tally.cpuSeconds = (user + system) / 1e6;
  return tally;
}

/** The folder itself, or the city folders in it. */
async function cityFolders(folder: string): Promise<string[]> {
  if (await isCityFolder(folder)) return [folder];
  const names = await readdir(folder).catch(() => {
    throw new InputError(`「${folder}」が見つかりません。generate が書いたフォルダーを指定してください。`);
  });
  const cities: string[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (await isCityFolder(path)) cities.push(path);
  }
  return cities;
}

const isCityFolder = async (folder: string): Promise<boolean> =>
  (await stat(join(folder, 'truth.jsonl')).catch(() => null))?.isFile() ?? false;

/** The truth lines of one upload are adjacent; each upload is decided once. */
async function scoreCity(folder: string, tally: Tally): Promise<void> {
  const scorer = await CityScorer.open(folder, tally);
  const lines = createInterface({
    input: createReadStream(join(folder, 'truth.jsonl')),
    crlfDelay: Infinity,
  });
  let truths: TruthLine[] = [];
  for await (const line of lines) {
    const truth = JSON.parse(line) as TruthLine;
    if (truths[0] && truths[0].upload !== truth.upload) {
      await scorer.add(truths);
      truths = [];
    }
    truths.push(truth);
  }
  if (truths.length > 0) await scorer.add(truths);
}
