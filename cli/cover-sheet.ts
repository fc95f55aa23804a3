import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cityKey, cityKeys } from '../shared/profiles/cities.ts';
import { type CoverSheet, coverSheetSchema } from '../shared/vocabulary/cover-code.ts';
import { EVENT_NAMES } from '../shared/vocabulary/event-names.ts';
import { reportErrors, UsageError } from './report-errors.ts';

const USAGE = `使い方: uketsuke cover-sheet --city KEY --office 番号 --insured 番号… --month YYYY-MM [--event KEY] [--out FILE]
  スキャンする書類の一番上に置く送付票（QRコード付き、PDF）を作る。氏名は載らない
  --city     市（${cityKeys().join(' ')}）
  --office   提出する事業所の番号（10桁）
  --insured  被保険者番号（10桁）。何度でも指定でき、一人に一枚になる
  --month    サービス提供月
  --event    提出の理由（${Object.keys(EVENT_NAMES).join(' ')}）
  --out      書き出すファイル（なければ 送付票_YYYY-MM.pdf）`;

/** `uketsuke cover-sheet`: one page for each person. Exit codes: 0 written, 2 usage. */
export const runCoverSheet = (argv: string[]): Promise<number> =>
  reportErrors(async () => {
    const { covers, out } = read(argv);
    const { drawCoverSheets } = await import('../shared/cover-sheet/draw-cover-sheets.ts');
    await writeFile(out, await drawCoverSheets(covers));
    process.stdout.write(`${out}（${covers.length}枚）を書き出しました。\n`);
    return 0;
  }, USAGE);

function read(argv: string[]): { covers: CoverSheet[]; out: string } {
  const { values } = parseArgs({
    args: argv,
    options: {
      city: { type: 'string' },
      office: { type: 'string' },
      insured: { type: 'string', multiple: true },
      month: { type: 'string' },
      event: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { office, insured, month, event } = values;
  const city = values.city && cityKey(values.city);
  if (values.city && !city)
    throw new UsageError(`市「${values.city}」の規則がありません。使えるのは ${cityKeys().join(' ')} です。`);
  if (!city || !office || !insured?.length || !month)
    throw new UsageError('--city --office --insured --month を指定してください。');
  const covers = insured.map((number) => {
    const cover = { city, office_number: office, insured_number: number, service_month: month, event };
    const parsed = coverSheetSchema.safeParse(cover);
    if (!parsed.success)
      throw new UsageError(parsed.error.issues.map((issue) => `${issue.message}。`).join(''));
    return parsed.data;
  });
  return { covers, out: values.out ?? `送付票_${month}.pdf` };
}
