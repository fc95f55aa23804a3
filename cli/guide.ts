import { writeGuide } from '../shared/guide/write-guide.ts';
import { cityKeys } from '../shared/profiles/cities.ts';
import { EVENT_NAMES } from '../shared/vocabulary/event-names.ts';
import { parseCity } from './options.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/** `uketsuke guide`: the documents offices of a city submit, with deadline and addressee, as Markdown. */
export const runGuide = (argv: string[]): Promise<number> => runVerb(command(), argv, guide);

const command = () =>
  verb('guide')
    .option('--city <市>', cityKeys().join(' '), parseCity)
    .option('--event <理由>', `提出の理由: ${Object.keys(EVENT_NAMES).join(' ')}`)
    .option('--month <YYYY-MM>', 'サービス提供月');

async function guide({
  city,
  event,
  month,
}: ReturnType<ReturnType<typeof command>['opts']>): Promise<number> {
  if (!city) throw new UsageError('--city に市を指定してください。');
  if (event && !Object.hasOwn(EVENT_NAMES, event)) throw new UsageError(unknownEvent(event));
  if (month && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new UsageError('--month は 2024-05 のように書いてください。');
  process.stdout.write(writeGuide(city, { ...(event && { event }), ...(month && { month }) }));
  return 0;
}

const unknownEvent = (event: string): string =>
  `--event「${event}」はありません。使えるのは次のとおりです。\n  ${Object.entries(EVENT_NAMES)
    .map(([key, name]) => `${key}（${name}）`)
    .join('\n  ')}`;
