import { connectAsOperator, operatorVerb } from './connect.ts';
import { runVerb } from './run-verb.ts';

interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
}

/** `uketsuke rebuild`: rebuilds every read model from the events. */
export const runRebuild = (argv: string[]): Promise<number> =>
  runVerb(operatorVerb('rebuild'), argv, async (options) => {
    const client = connectAsOperator(options);
    const { uploads, packets, reviews, areas } = await client.operate<Rebuilt>('rebuild', { by: options.by });
    process.stdout.write(
      `作り直しました: 受付 ${uploads}、案件 ${packets}、確認待ち ${reviews}、集計 ${areas}\n`,
    );
    return 0;
  });
