import { connectAsOperator, operatorVerb } from './connect.ts';
import { fail, runVerb } from './run-verb.ts';

interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
  failed?: { subject: string; reason: string }[];
}

/** `uketsuke rebuild`: rebuilds every read model from the events. */
export const runRebuild = (argv: string[]): Promise<number> =>
  runVerb(operatorVerb('rebuild'), argv, async (options) => {
    const client = connectAsOperator(options);
    const {
      uploads,
      packets,
      reviews,
      areas,
      failed = [],
    } = await client.operate<Rebuilt>('rebuild', { by: options.by });
    process.stdout.write(
      `作り直しました: 受付 ${uploads}、案件 ${packets}、確認待ち ${reviews}、集計 ${areas}\n`,
    );
    if (failed.length === 0) return 0;
    fail(
      `次の ${failed.length} 件は作り直せませんでした。ほかは作り直してあります。送付物が残っていればバックアップから戻し、なければ事業所にもう一度送ってもらってください。`,
    );
    for (const { subject, reason } of failed) fail(`  ${subject}（${reason}）`);
    return 2;
  });
