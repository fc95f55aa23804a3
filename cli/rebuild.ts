import { connectAsOperator, operatorVerb } from './connect.ts';
import { fail, runVerb } from './run-verb.ts';

interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
  failed?: Failure[];
  /** uploads whose stored bytes are gone or have changed */
  lost?: Failure[];
}
interface Failure {
  /** a receipt or packet number */
  subject: string;
  /** name of the error */
  reason: string;
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
      lost = [],
    } = await client.operate<Rebuilt>('rebuild', { by: options.by });
    process.stdout.write(
      `作り直しました: 受付 ${uploads}、案件 ${packets}、確認待ち ${reviews}、集計 ${areas}\n`,
    );
    if (failed.length > 0) fail(`次の ${failed.length} 件は作り直せませんでした。ほかは作り直してあります。`);
    for (const { subject, reason } of failed) fail(`  ${subject}（${causeOf(reason)}）`);
    if (lost.length > 0)
      fail(
        `次の ${lost.length} 件は、受け取った送付物のファイルが失われているか、変わっています。判定と通知はそのままですが、書類を開くことと判定し直すことができません。${RESTORE}`,
      );
    for (const { subject } of lost) fail(`  ${subject}`);
    return failed.length + lost.length > 0 ? 2 : 0;
  });

const RESTORE =
  'docs/runbook.md「壊れた場所で始めるとき」のとおりバックアップから戻すか、事業所にもう一度送ってもらってください。';

/** What nothing makes again (shared/records/recovery/lost-records.ts, rebuild.ts). */
const LOST: Record<string, string> = {
  DecisionLost: `判定の記録が失われています。${RESTORE}`,
  RunsLost: `判定の記録が一部失われています。${RESTORE}`,
  AnswersLost: `判定した書類一式の記録が一部失われています。${RESTORE}`,
  FinishLost: `受付が終わった記録が失われています。${RESTORE}`,
  ActsLost:
    '確認の操作（回答・助言・終了など）の記録が一部失われています。バックアップから戻すか、包括にもう一度確認してもらってください。',
  ErasureOpen:
    '案件の廃棄が途中で止まっています。npm run -s uketsuke -- retention due が、続きから終えるコマンドを示します。',
};

const causeOf = (reason: string): string =>
  LOST[reason] ??
  (isGone(reason)
    ? `判定か通知の控えと、もとの送付物が失われています。${RESTORE}`
    : `受付の不具合です。docs/runbook.md の順に調べてください。${reason}`);

const isGone = (reason: string): boolean =>
  /^(VerdictLost|UploadChanged|NoSuchKey|NoSuchVersion|NotFound)$/.test(reason);
