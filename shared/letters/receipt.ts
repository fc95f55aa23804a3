import { eraTime } from '../calendar/era-time.ts';
import { eraText } from '../calendar/wareki.ts';
import { splitText, totalsText } from '../decision/upload-ledger.ts';
import { printable } from '../text/printable.ts';
import { categoryLabel, decisionLabel, maskNumber } from '../vocabulary/labels.ts';

/** 受付票: the one answer to an upload, listing every packet of it. */
export interface Receipt {
  receipt: string;
  name: string;
  office: string | null;
  received_at: string;
  finished_at: string;
  packets: ReceiptLine[];
  /** packets by decision; repeated ones count under `repeated` only */
  counts: { accept: number; review: number; return: number; repeated: number };
  files: number;
  pages: number;
  rows: number;
  /** persons, and their months */
  persons?: number;
  months?: number;
  accounted: boolean;
}

export interface ReceiptLine {
  packet: string;
  /** the name it was first received under, where that is another */
  first_packet?: string;
  packet_id: string;
  insured_number: string | null;
  service_month: string | null;
  category: string | null;
  decision: string;
  outcome: 'decided' | 'repeated';
  findings: number;
  first_finding: { message: string; remedy: string } | null;
  notice_id: string;
  /** the receipt that answers the packet; an earlier one when the same bytes were sent before */
  receipt: string;
  received_at: string;
}

export function renderReceipt(receipt: Receipt): string {
  const { counts: c } = receipt;
  const same = c.repeated ? `　受付済 ${c.repeated}` : '';
  return [
    '受付票',
    '='.repeat(40),
    '',
    `受付番号　　${receipt.receipt}`,
    `受付日時　　${eraTime(receipt.received_at)}`,
    `送付物　　　${receipt.name}`,
    `内容　　　　${receipt.packets.length}件・${totalsText(receipt)}`,
    ...splitLine(receipt),
    `結果　　　　受理 ${c.accept}　審査中 ${c.review}　返戻 ${c.return}${same}`,
    '',
    ...receipt.packets.flatMap(line),
    '',
    '返戻となったものだけを直してお送りください。詳しくはそれぞれの通知をご覧ください。',
    '',
  ]
    .map(printable)
    .join('\r\n');
}

const splitLine = (receipt: Receipt): string[] => {
  const text = splitText(receipt);
  return text ? [`　　　　　　${text}`] : [];
};

/** Names the earlier packet, so that papers sent twice under two names are noticed. */
export function sameContents({ first_packet, received_at, receipt }: ReceiptLine): string {
  const as = first_packet ? `「${first_packet}」として` : '';
  return [
    `同じ内容を${eraTime(received_at)}に${as}受け付けています（受付番号 ${receipt}）`,
    ...(first_packet ? ['別の方の書類であれば、ファイルを確かめて送り直してください'] : []),
  ].join('。');
}

function line(one: ReceiptLine, index: number): string[] {
  const head = [
    `${String(index + 1).padStart(3)}. ${one.packet}`,
    maskNumber(one.insured_number),
    one.service_month ? eraText(one.service_month) : '提供月不明',
    categoryLabel(one.category),
    decisionLabel(one.decision),
  ].join('　');
  if (one.outcome === 'repeated') return [head, `     受付済です。${sameContents(one)}。`];
  if (!one.first_finding || one.decision === 'accept') return [head];
  const more = one.findings > 1 ? `（ほか${one.findings - 1}件）` : '';
  return [head, `     ${one.first_finding.message}${more}`, `     → ${one.first_finding.remedy}`];
}
