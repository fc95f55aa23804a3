import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { TruthLine } from '../samples/city/truth.ts';
import type { DecisionContext, Sender } from '../shared/decision/decision-context.ts';
import type { PacketVerdict } from '../shared/decision/verdict.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry, type Registry } from '../shared/registry/registry.ts';
import { printScore } from './print-score.ts';
import { Tally } from './tally.ts';

const USAGE = `使い方: uketsuke score [--json] [--limit N] DIR…
  generate が書いたフォルダー（registry.yaml, uploads/, truth.jsonl）を受付に通し、あるべき答えと比べる
  --json   結果をJSONで
  --limit  見落としと余計な指摘を N 件まで示す（指定がなければ 20）`;

/**
 * `uketsuke score`: the desk against the truth of a synthetic city.
 * Exit codes: 0 nothing was accepted that the truth returns, 1 something was, 2 usage or input that cannot be read.
 */
export async function runScore(argv: string[]): Promise<number> {
  let folders: string[];
  let options: { json: boolean; limit: number };
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, limit: { type: 'string', default: '20' } },
    });
    options = { json: values.json, limit: Number(values.limit) };
    folders = (await Promise.all(positionals.map(citiesIn))).flat();
    if (folders.length === 0) throw new Error('truth.jsonl のあるフォルダーを指定してください。');
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : cause}\n${USAGE}\n`);
    return 2;
  }
  const tally = new Tally(options.limit);
  const started = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  for (const folder of folders) await scoreCity(folder, tally);
  tally.seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  tally.cpuSeconds = (user + system) / 1e6;
  process.stderr.write('\r');
  process.stdout.write(options.json ? `${JSON.stringify(tally.summary(), null, 1)}\n` : printScore(tally));
  return tally.silent.length > 0 ? 1 : 0;
}

/** The folder itself, or the folders of cities in it. */
async function citiesIn(folder: string): Promise<string[]> {
  const isCity = async (path: string): Promise<boolean> =>
    (await stat(join(path, 'truth.jsonl')).catch(() => null))?.isFile() ?? false;
  if (await isCity(folder)) return [folder];
  const names = await readdir(folder).catch(() => {
    throw new Error(`「${folder}」が見つかりません。generate が書いたフォルダーを指定してください。`);
  });
  const below = names.sort().map((name) => join(folder, name));
  const cities: string[] = [];
  for (const path of below) if (await isCity(path)) cities.push(path);
  return cities;
}

/** Truth lines of one upload stand together; each upload goes through the desk once. */
async function scoreCity(folder: string, tally: Tally): Promise<void> {
  const registry = await loadRegistry(join(folder, 'registry.yaml'));
  const records = new Records();
  let upload: TruthLine[] = [];
  const lines = createInterface({
    input: createReadStream(join(folder, 'truth.jsonl')),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    const truth = JSON.parse(line) as TruthLine;
    if (upload[0] && upload[0].upload !== truth.upload) {
      await scoreUpload(folder, registry, records, upload, tally);
      upload = [];
    }
    upload.push(truth);
  }
  if (upload.length > 0) await scoreUpload(folder, registry, records, upload, tally);
}

/** What the desk's own records would tell it of a person's months; of each person the latest months only. */
class Records {
  readonly #months = new Map<string, Map<string, Sender[]>>();

  keep({ insured_number, service_month, category, office_number, decision }: PacketVerdict): void {
    if (!insured_number || !service_month || !office_number || decision === 'return') return;
    const months = this.#months.get(insured_number) ?? new Map<string, Sender[]>();
    this.#months.set(insured_number, months);
    const others = (months.get(service_month) ?? []).filter((one) => one.office_number !== office_number);
    months.set(service_month, [...others, { office_number, category }]);
    const [oldest] = months.keys();
    if (months.size > 3 && oldest) months.delete(oldest);
  }

  previousCase: NonNullable<DecisionContext['previousCase']> = async ({ insured_number }, month) => {
    const category = (await this.sendersOf({ insured_number }, month)).findLast(
      (one) => one.category,
    )?.category;
    return category ? { category } : null;
  };

  sendersOf = async ({ insured_number }: { insured_number: string }, month: string): Promise<Sender[]> =>
    this.#months.get(insured_number)?.get(month) ?? [];
}

async function scoreUpload(
  folder: string,
  registry: Registry,
  records: Records,
  truths: TruthLine[],
  tally: Tally,
): Promise<void> {
  const { upload, received } = truths[0]!;
  const verdicts: PacketVerdict[] = [];
  // A ZIP leaves on one day, the last on which one of its packets was ready.
  const day =
    truths
      .map((t) => t.received)
      .sort()
      .at(-1) ?? received;
  const source = { name: upload, file: join(folder, 'uploads', upload) };
  const { previousCase, sendersOf } = records;
  const desk = { registries: [registry], today: day, received: day, previousCase, sendersOf };
  for await (const verdict of decideUpload(source, desk)) {
    verdicts.push(verdict);
    records.keep(verdict);
  }
  const ids = new Map(verdicts.map((v) => [v.packet, v.packet_id]));
  for (const truth of truths) {
    // Of an upload that cannot be opened only its own verdict counts, not what was saved from it.
    const wanted = truth.packet ?? (ids.has(upload) ? upload : verdicts[0]?.packet);
    const at = verdicts.findIndex((v) => v.packet === wanted);
    tally.add(truth, at < 0 ? null : verdicts.splice(at, 1)[0]!);
    if (truth.packet === null) verdicts.length = 0;
    if (truth.same_as && ids.get(truth.same_as) !== ids.get(truth.packet ?? '')) tally.addUnlike(truth);
  }
  for (const verdict of verdicts) tally.addUnasked(upload, verdict);
  if (tally.packets % 50 < truths.length) process.stderr.write(`\r${tally.packets} 件`);
}
