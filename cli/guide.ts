import { parseArgs } from 'node:util';
import { writeGuide } from '../shared/guide/write-guide.ts';
import { cityKey, cityKeys } from '../shared/profiles/cities.ts';
import { EVENT_NAMES } from '../shared/vocabulary/event-names.ts';
import { reportErrors, UsageError } from './report-errors.ts';

const USAGE = `使い方: uketsuke guide --city ${cityKeys().join('|')} [--event 理由] [--month YYYY-MM]`;

/** `uketsuke guide --city KEY [--event …] [--month YYYY-MM]`: what to hand in, when and to whom, as Markdown. */
export const runGuide = (argv: string[]): Promise<number> => reportErrors(() => guide(argv), USAGE);

async function guide(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { city: { type: 'string' }, event: { type: 'string' }, month: { type: 'string' } },
  });
  const city = values.city && cityKey(values.city);
  if (!city) throw new UsageError('--city に市を指定してください。');
  const events = Object.keys(EVENT_NAMES);
  if (values.event && !events.includes(values.event)) {
    throw new UsageError(
      `--event「${values.event}」はありません。使えるのは次のとおりです。\n  ${events.map((e) => `${e}（${EVENT_NAMES[e]}）`).join('\n  ')}`,
    );
  }
  if (values.month && !/^\d{4}-(0[1-9]|1[0-2])$/.test(values.month))
    throw new UsageError('--month は 2024-05 のように書いてください。');
  process.stdout.write(
    writeGuide(city, {
      ...(values.event && { event: values.event }),
      ...(values.month && { month: values.month }),
    }),
  );
  return 0;
}
