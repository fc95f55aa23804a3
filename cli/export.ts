import { resolve } from 'node:path';
import { connectAsOperator, operatorVerb } from './connect.ts';
import { fail, requireOptions, runVerb } from './run-verb.ts';

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
      const { files, lost } = await connectAsOperator(options).operate<{
        files: number;
        lost: string[];
      }>('case/export', input);
      process.stdout.write(`${out} に ${files} ファイルを書き出しました（目録は 99_目録_utf8.csv）。\n`);
      if (lost.length === 0) return 0;
      return fail(
        `受付 ${lost.join('、')} の送付物は失われているか、受け付けたときから変わっているため、提出された書類を書き出せませんでした。docs/runbook.md「壊れた場所で始めるとき」のとおりバックアップから戻し、もう一度書き出してください。`,
      );
    },
  );
