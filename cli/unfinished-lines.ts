import { INTERRUPTED, LEDGER_OPEN, type UnfinishedWork } from '../host/unfinished-work.ts';
import { interruptedErasure } from './interrupted-erasure.ts';

const STAGES: Record<string, string> = {
  intake: '受付・判定',
  ocr: '読取り',
  review: '確認待ち',
  notify: '通知',
  summarise: '集計',
  sweep: '見回り',
  erase: '廃棄',
};

/** Work set aside as lines for the operator: what, why, and what to do. Empty where nothing was set aside. */
export function unfinishedLines(unfinished: UnfinishedWork[]): string[] {
  if (unfinished.length === 0) return [];
  return [
    `次の ${unfinished.length} 件は終えられず、分けて置きました。ほかの受付は続けています。`,
    ...unfinished.map(
      ({ stage, subject, reason }) => `  ${subject}（${STAGES[stage] ?? stage}）: ${remedy(reason, subject)}`,
    ),
    ...(unfinished.some(({ reason }) => reason !== INTERRUPTED) ? RETRY : []),
  ];
}

const RETRY = [
  '直せない受付は npm run -s uketsuke -- give-up <受付番号> で閉じます。送った人に、送り直しを求める通知が届きます。',
  '直したあとは npm run -s uketsuke -- redrive all でやり直します。失敗の理由は npm run -s uketsuke -- redrive で見られます。',
];

function remedy(reason: string | null, subject: string): string {
  if (reason === INTERRUPTED) return interruptedErasure(subject);
  if (reason === LEDGER_OPEN)
    return '送付物のファイルの数と判定した数が合わず、閉じられません。事業所に同じものをもう一度送ってもらってください（docs/runbook.md「見回り」）。';
  if (reason && /^(NoSuchKey|NoSuchVersion|NotFound)\b/.test(reason))
    return '保存されているはずのファイルがありません。バックアップから戻すか、事業所にもう一度送ってもらってください。';
  if (reason?.startsWith('UploadChanged'))
    return '保存されている送付物が、受け付けたときから変わっています（ディスクの故障などが考えられます）。判定には使いません。バックアップから戻すか、事業所にもう一度送ってもらってください。';
  return `失敗の理由 ${reason ?? '（記録なし）'}。docs/runbook.md「退避されたメッセージ」を見てください。`;
}
