import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFECTS } from '../samples/city/defects/index.ts';
import { generateCity } from '../samples/city/generate-city.ts';
import { styleNames } from '../samples/city/styles.ts';
import { CITIES } from '../samples/lib/cast.ts';
import type { City } from '../samples/lib/model.ts';
import { reportErrors, UsageError } from './report-errors.ts';

const KEYS = Object.keys(CITIES) as City['key'][];
const USAGE = `使い方: uketsuke generate --city KEY --people N --months FROM..TO --seed S --out DIR [--style NAME] [--defects RATE] [--csv-only]
  --city      ${KEYS.join(' ')}、または all（DIR の下に市ごとのフォルダー）
  --people    人数
  --months    2024-04..2025-03 のように。直接実施が始まった 2024-04 以後
  --seed      同じ値からは同じものができる
  --out       書き出すフォルダー（registry.yaml, uploads/*.zip, truth.jsonl）
  --style     事業所のソフトの習慣: mixed ${styleNames().join(' ')}（指定がなければ mixed）
  --defects   誤りのある提出の割合 0〜1（指定がなければ 0.2）
  --only      植える誤りを名前で選ぶ（何度でも）
  --csv-only  PDFを作らない`;

/** `uketsuke generate`: a synthetic city with known answers. Exit codes: 0 done, 2 usage. */
export const runGenerate = (argv: string[]): Promise<number> =>
  reportErrors(() => generate(read(argv)), USAGE);

async function generate({ cities, ...options }: ReturnType<typeof read>): Promise<number> {
  for (const city of cities) {
    const started = Date.now();
    let told = started;
    const out = cities.length > 1 ? join(options.out, city) : options.out;
    const { packets, uploads } = await generateCity({
      ...options,
      city,
      out,
      progress: (done) => {
        if (Date.now() - told < 500) return;
        told = Date.now();
        process.stderr.write(`\r${city}: ${done.people}/${options.people} 人 ${done.packets} 件`);
      },
    });
    const seconds = (Date.now() - started) / 1000;
    process.stderr.write(
      `\r${CITIES[city].name}: ${options.people} 人、${uploads} 回の送信、${packets} 件を ${out} に書きました（${seconds.toFixed(1)} 秒、毎秒 ${Math.round(packets / seconds)} 件）\n`,
    );
  }
  return 0;
}

function read(argv: string[]) {
  const { values } = parseArgs({
    args: argv,
    options: {
      city: { type: 'string' },
      people: { type: 'string' },
      months: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      style: { type: 'string', default: 'mixed' },
      defects: { type: 'string', default: '0.2' },
      only: { type: 'string', multiple: true },
      'csv-only': { type: 'boolean', default: false },
    },
  });
  const refuse = (message: string): never => {
    throw new UsageError(message);
  };
  const cities = values.city === 'all' ? KEYS : KEYS.filter((key) => key === values.city);
  if (cities.length === 0) refuse(`--city は ${KEYS.join(' ')} all のどれかです。`);
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1) refuse('--people は1以上の整数です。');
  const [, from = '', to = ''] =
    /^(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(values.months ?? '') ?? [];
  if (from < '2024-04' || to < from)
    refuse('--months は 2024-04..2025-03 のように、2024-04 以後で書いてください。');
  const defects = Number(values.defects);
  if (!(defects >= 0 && defects <= 1)) refuse('--defects は 0 から 1 までの数です。');
  if (values.style !== 'mixed' && !styleNames().includes(values.style))
    refuse(`--style は mixed ${styleNames().join(' ')} のどれかです。`);
  const unknown = values.only?.filter((name) => !DEFECTS.some((d) => d.name === name)) ?? [];
  if (unknown.length > 0)
    refuse(
      `誤りの名前「${unknown.join('」「')}」はありません。\n${DEFECTS.map((d) => `  ${d.name}`).join('\n')}`,
    );
  return {
    cities,
    people,
    from,
    to,
    seed: values.seed,
    out: values.out ?? refuse('--out を指定してください。'),
    style: values.style,
    defects,
    csvOnly: values['csv-only'],
    ...(values.only && { only: values.only }),
  };
}
