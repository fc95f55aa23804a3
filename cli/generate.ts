import { join } from 'node:path';
import { DEFECTS } from '../samples/city/defects/index.ts';
import { generateCity } from '../samples/city/generate-city.ts';
import { FOLDERS, shapeNames } from '../samples/city/shapes.ts';
import { styleNames } from '../samples/city/styles.ts';
import { CITIES } from '../samples/lib/cast.ts';
import type { City } from '../samples/lib/model.ts';
import { collect } from './options.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

const CITY_KEYS = Object.keys(CITIES) as City['key'][];
const PROGRESS_MS = 500;

/** `uketsuke generate`: a synthetic city with known answers. Exit codes: 0 done, 2 usage. */
export const runGenerate = (argv: string[]): Promise<number> =>
  runVerb(command(), argv, async (options) => {
    const cities = parseCities(options.city);
    const settings = parseSettings(options);
    for (const city of cities) {
      const out = cities.length > 1 ? join(settings.out, city) : settings.out;
      await generate(city, { ...settings, out });
    }
    return 0;
  });

const command = () =>
  verb('generate')
    .option('--city <市>', `${CITY_KEYS.join(' ')}、または all（DIR の下に市ごとのフォルダー）`)
    .option('--people <人数>', '人数')
    .option('--months <FROM..TO>', '2024-04..2025-03 のように。直接実施が始まった 2024-04 以後')
    .option('--seed <値>', '同じ値からは同じものができる', '1')
    .option('--out <DIR>', '書き出すフォルダー（registry.yaml, uploads/*.zip, truth.jsonl）')
    .option('--style <名前>', `事業所のソフトの習慣: mixed ${styleNames().join(' ')}`, 'mixed')
    .option('--shape <名前>', `一回の送信の並べ方: ${shapeNames().join(' ')}`, FOLDERS)
    .option('--defects <割合>', '誤りのある提出の割合 0〜1', '0.2')
    .option('--only <名前>', '植える誤りを名前で選ぶ（何度でも）', collect, [])
    .option('--csv-only', 'PDFを作らない');

type Options = ReturnType<ReturnType<typeof command>['opts']>;
type Settings = ReturnType<typeof parseSettings>;

async function generate(city: City['key'], settings: Settings): Promise<void> {
  const started = Date.now();
  let reported = started;
  const { packets, uploads } = await generateCity({
    ...settings,
    city,
    progress: (done) => {
      if (Date.now() - reported < PROGRESS_MS) return;
      reported = Date.now();
      process.stderr.write(`\r${city}: ${done.people}/${settings.people} 人 ${done.packets} 件`);
    },
  });
  const seconds = (Date.now() - started) / 1000;
  process.stderr.write(
    `\r${CITIES[city].name}: ${settings.people} 人、${uploads} 回の送信、${packets} 件を ${settings.out} に書きました（${seconds.toFixed(1)} 秒、毎秒 ${Math.round(packets / seconds)} 件）\n`,
  );
}

function parseCities(city: string | undefined): City['key'][] {
  const cities = city === 'all' ? CITY_KEYS : CITY_KEYS.filter((key) => key === city);
  if (cities.length === 0) throw new UsageError(`--city は ${CITY_KEYS.join(' ')} all のどれかです。`);
  return cities;
}

function parseSettings(options: Options) {
  const people = Number(options.people);
  if (!Number.isInteger(people) || people < 1) throw new UsageError('--people は1以上の整数です。');
  const { from, to } = parseMonths(options.months);
  const defects = Number(options.defects);
  if (!(defects >= 0 && defects <= 1)) throw new UsageError('--defects は 0 から 1 までの数です。');
  const { style, seed, out } = options;
  if (style !== 'mixed' && !styleNames().includes(style))
    throw new UsageError(`--style は mixed ${styleNames().join(' ')} のどれかです。`);
  const { shape } = options;
  if (!shapeNames().includes(shape))
    throw new UsageError(`--shape は ${shapeNames().join(' ')} のどれかです。`);
  requireKnownDefects(options.only);
  if (!out) throw new UsageError('--out を指定してください。');
  const only = options.only.length > 0 && { only: options.only };
  return { people, from, to, seed, out, style, shape, defects, csvOnly: options.csvOnly ?? false, ...only };
}

function parseMonths(months = ''): { from: string; to: string } {
  const month = String.raw`\d{4}-(?:0[1-9]|1[0-2])`;
  const [, from = '', to = ''] = new RegExp(`^(${month})\\.\\.(${month})$`).exec(months) ?? [];
  if (from < '2024-04' || to < from)
    throw new UsageError('--months は 2024-04..2025-03 のように、2024-04 以後で書いてください。');
  return { from, to };
}

function requireKnownDefects(names: string[]): void {
  const known = DEFECTS.map((defect) => defect.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UsageError(
      `誤りの名前「${unknown.join('」「')}」はありません。\n${known.map((name) => `  ${name}`).join('\n')}`,
    );
}
