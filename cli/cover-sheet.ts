import { writeFile } from 'node:fs/promises';
import { cityKeys } from '../shared/profiles/cities.ts';
import { type CoverSheet, coverSheetSchema } from '../shared/vocabulary/cover-code.ts';
import { EVENT_NAMES } from '../shared/vocabulary/event-names.ts';
import { collect, parseCity } from './options.ts';
import { runVerb, UsageError, verb } from './run-verb.ts';

/** `uketsuke cover-sheet`: one page per person. Exit codes: 0 written, 2 usage. */
export const runCoverSheet = (argv: string[]): Promise<number> =>
  runVerb(command(), argv, async (options) => {
    const covers = coverSheets(options);
    const out = options.out ?? `送付票_${options.month}.pdf`;
    const { drawCoverSheets } = await import('../shared/cover-sheet/draw-cover-sheets.ts');
    await writeFile(out, await drawCoverSheets(covers));
    process.stdout.write(`${out}（${covers.length}枚）を書き出しました。\n`);
    return 0;
  });

const command = () =>
  verb('cover-sheet')
    .option('--city <市>', cityKeys().join(' '), parseCity)
    .option('--office <番号>', '提出する事業所の番号（10桁）')
    .option('--insured <番号>', '被保険者番号（10桁）。何度でも指定でき、一人に一枚になる', collect, [])
    .option('--month <YYYY-MM>', 'サービス提供月')
    .option('--event <理由>', `提出の理由: ${Object.keys(EVENT_NAMES).join(' ')}`)
    .option('--out <ファイル>', '書き出すファイル（指定がなければ 送付票_YYYY-MM.pdf）')
    .addHelpText(
      'after',
      '\nスキャンする書類の一番上に置く送付票（QRコード付き、PDF）を作る。氏名は載らない。',
    );

function coverSheets(options: ReturnType<ReturnType<typeof command>['opts']>): CoverSheet[] {
  const { city, office, insured, month, event } = options;
  if (!city || !office || insured.length === 0 || !month)
    throw new UsageError('--city --office --insured --month を指定してください。');
  return insured.map((insured_number) => {
    const cover = { city, office_number: office, insured_number, service_month: month, event };
    const parsed = coverSheetSchema.safeParse(cover);
    if (parsed.success) return parsed.data;
    throw new UsageError(parsed.error.issues.map((issue) => `${issue.message}。`).join(''));
  });
}
