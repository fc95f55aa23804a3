import { eraTime } from '../calendar/era-time.ts';
import { eraText } from '../calendar/wareki.ts';
import type { PacketVerdict } from '../decision/verdict.ts';
import { isLost } from '../findings/is-lost.ts';

/** @param kept the receipt of the earlier packet that still counts, where nothing of this one was read */
export function nextSteps(
  verdict: PacketVerdict,
  reviewDue: string | null,
  kept: ReceiptOf | null,
): string[] {
  const stays = kept
    ? [
        `今回の提出からはまだ内容を読み取れていないため、${eraTime(kept.received_at)} に受け付けた書類（受付番号 ${kept.receipt}）を引き続き有効なものとして扱います。`,
      ]
    : [];
  return [...stays, ...stepsOf(verdict, reviewDue)];
}

/** A receipt an office was given before. */
export interface ReceiptOf {
  receipt: string;
  /** ISO time */
  received_at: string;
}

function stepsOf(verdict: PacketVerdict, reviewDue: string | null): string[] {
  if (isLost(verdict))
    return [
      '同じものを、「送る」の画面から新しい提出としてもう一度お送りください。',
      'この提出に書類を追加することはできません。書類を直す必要はありません。',
    ];
  if (verdict.decision === 'return')
    return [
      '「不備」とある項目を直し、足りない書類と直した書類だけを、この提出の画面の「書類を追加・差し替える」か補正セットでお送りください。ほかの書類は前に送ったものを使います。書類一式を送り直しても構いません。',
      'ほかの利用者の書類を送り直す必要はありません。',
      'お送りいただいた書類は訂正版として扱い、最初の受付日を引き継ぎます。',
    ];
  if (verdict.decision === 'review')
    return [
      `地域包括支援センターが内容を確認しています${reviewDue ? `（確認の予定日 ${eraText(reviewDue)}）` : ''}。今すぐ送り直す必要はありません。`,
      '「注意」「要確認」の項目に誤りがあると気付いたときは、直した書類をこの提出に加えてお送りください。訂正版として扱います。',
    ];
  const involved = verdict.involvement
    ? [
        `地域包括支援センターの関与の対象です${reviewDue ? `（予定日 ${eraText(reviewDue)}）` : ''}。助言があれば別にお知らせします。`,
      ]
    : [];
  return ['このまま手続きを進めてください。送り直しは不要です。', ...involved];
}
