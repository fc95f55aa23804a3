import type { Words } from '../../shared/api/session.ts';
import { word } from '../../shared/text/word.ts';
import type { PacketOfUpload } from './upload-query.ts';

/** What a commissioned office gets: never units that anyone claims. */
export function commissionText(commission: PacketOfUpload['commission'], words: Words): string {
  if (!commission) return '—';
  const { from, share, yen } = commission;
  const amount =
    yen !== null ? `${yen.toLocaleString('ja-JP')}円` : share === null ? '' : `（請求の${share}倍が目安）`;
  return `${word(words.payers, from)}${amount}`;
}
