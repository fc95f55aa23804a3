import { resolve } from 'node:path';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { requireOptions, runVerb } from './run-verb.ts';

/** `uketsuke export`: writes the whole history of a case to a new folder. The audit trail records it. */
export const runExport = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('export')
      .option('--case <案件>', '書類一式の番号、または 市/人/月')
      .option('--out <フォルダー>', '書き出すフォルダー'),
    argv,
    async (options) => {
      requireOptions(options, ['case', 'out', 'by']);
      const out = resolve(options.out ?? '');
      const input = { case: options.case, by: options.by, out };
      const { files } = await connectAsOperator(options).operate<{ files: number }>('case/export', input);
      process.stdout.write(`${out} に ${files} ファイルを書き出しました（目録は 99_目録_utf8.csv）。\n`);
      return 0;
    },
  );
