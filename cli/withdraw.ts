import { connectAsOperator, operatorVerb } from './connect.ts';
import { requireOptions, runVerb } from './run-verb.ts';

/** `uketsuke withdraw <packet> --reason --by`: withdraws it, or asks the reviewer who has begun. */
export const runWithdraw = (argv: string[]): Promise<number> =>
  runVerb(
    operatorVerb('withdraw')
      .argument('<番号>', '書類一式の番号')
      .option('--reason <理由>', '取り下げる理由（必ず付ける）'),
    argv,
    async (options, id) => {
      requireOptions(options, ['reason', 'by']);
      const { reason, by } = options;
      const path = `/packets/${encodeURIComponent(id)}/withdraw`;
      const { state } = await connectAsOperator(options).post<{ state: string }>(path, { reason, by });
      process.stdout.write(
        state === 'asked'
          ? `確認が始まっているため、担当の地域包括支援センターに取下げを申し出ました（${id}）。\n`
          : `取り下げました（${id}）。\n`,
      );
      return 0;
    },
  );
