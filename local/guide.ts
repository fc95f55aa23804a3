import { parseArgs } from 'node:util';
import { EVENT_NAMES } from '../shared/facts/event-names.ts';
import { writeGuide } from '../shared/guide/write-guide.ts';
import { cityKey, cityKeys } from '../shared/rules/profile.ts';

/** `uketsuke guide --city KEY [--event …] [--month YYYY-MM]`: what to hand in, when and to whom, as Markdown. */
export async function runGuide(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { city: { type: 'string' }, event: { type: 'string' }, month: { type: 'string' } },
  });
  const city = values.city && cityKey(values.city);
  if (!city) return usage(`--city に市を指定してください（${cityKeys().join(' ')}）。`);
  const events = Object.keys(EVENT_NAMES);
  if (values.event && !events.includes(values.event)) {
    return usage(
      `--event「${values.event}」はありません。使えるのは次のとおりです。\n  ${events.map((e) => `${e}（${EVENT_NAMES[e]}）`).join('\n  ')}`,
    );
  }
  if (values.month && !/^\d{4}-(0[1-9]|1[0-2])$/.test(values.month))
    return usage('--month は 2024-05 のように書いてください。');
  process.stdout.write(
    writeGuide(city, {
      ...(values.event && { event: values.event }),
      ...(values.month && { month: values.month }),
    }),
  );
  return 0;
}

function usage(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
