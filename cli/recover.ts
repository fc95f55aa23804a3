import { connectAsOperator, operatorVerb } from './connect.ts';
import { runVerb } from './run-verb.ts';

/** `uketsuke recover`: after a restore, announces uploads that are in the inbox but not in the event log. */
export const runRecover = (argv: string[]): Promise<number> =>
  runVerb(operatorVerb('recover'), argv, async (options) => {
    const client = connectAsOperator(options);
    const { announced } = await client.operate<{ announced: number }>('recover', { by: options.by });
    process.stdout.write(
      announced > 0
        ? `記録にないアップロード ${announced} 件を受付に知らせました。判定は uketsuke status で確かめてください。\n`
        : '記録にないアップロードはありません。\n',
    );
    return 0;
  });
