import { standingOf } from '../access/rights.ts';
import type { Sender } from '../access/sender.ts';
import type { Identity } from '../facts/identify.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';

/**
 * Whether the sender may send papers of the office they name. Papers of another office are a question to the 包括 and
 * change no case of that office; papers a 包括 or the city in charge sends for an office get a note.
 */
export function weighSender(sender: Sender, identity: Identity): Finding[] {
  const standing = standingOf(sender, identity);
  const named = identity.office_number;
  if (standing === 'contested') return [contested(sender, identity)];
  if (standing === 'on_behalf' && sender.kind !== 'operator' && named) return [onBehalf(sender, named)];
  if (standing === 'unsigned') return [unsigned()];
  return [];
}

const unsigned = (): Finding =>
  fileFinding(
    'F_PACKET_SENDER',
    'info',
    {},
    '受付画面を通さずに届いたため、だれが送ったか分かりません。これまでに受け付けた書類とは置き換えません。',
    '次回からは、受付の画面にサインインして送ってください。',
  );

function contested(sender: Sender, { office_number: named, home_area }: Identity): Finding {
  const papers = home_area
    ? '住所がほかの圏域にある利用者の書類'
    : named
      ? `事業所番号「${named}」の書類`
      : '担当する圏域の外の書類';
  return fileFinding(
    'F_PACKET_SENDER',
    'review',
    {},
    `${nameOf(sender)}から送られましたが、中身は${papers}です。送った人の書類ではないため、これまでに受け付けた書類とは置き換えず、地域包括支援センターが確認します。`,
    '事業所番号の書き誤りであれば、書類（送付票があればその事業所番号も）を直して出し直してください。ほかの事業所の書類であれば、その事業所から送ってもらい、この提出は取り下げると地域包括支援センターに伝えてください。',
  );
}

const onBehalf = (sender: Sender, named: string): Finding =>
  fileFinding(
    'F_PACKET_SENDER',
    'info',
    {},
    `${nameOf(sender)}が、事業所「${named}」に代わって送ったものとして受け付けました。`,
    '代わりに送ったもので間違いなければ、対応は不要です。',
  );

function nameOf(sender: Sender): string {
  switch (sender.kind) {
    case 'office':
      return `事業所「${sender.office}」`;
    case 'hokatsu':
      return '地域包括支援センター';
    case 'city':
      return '市の担当';
    case 'operator':
      return sender.office ? `事業所「${sender.office}」` : '受付の運用担当';
    case 'unknown':
      return '不明な送信者';
  }
}
