import { eraTime } from '../calendar/era-time.ts';
import { japanDate } from '../calendar/japan-time.ts';
import { eraText } from '../calendar/wareki.ts';
import { splitText, totalsText } from '../decision/upload-ledger.ts';
import { categoryLabel, decisionLabel, maskNumber } from '../vocabulary/labels.ts';
import type { Letter, LetterRow, LetterTable } from './letter.ts';
import { type Receipt, type ReceiptLine, sameContents } from './receipt.ts';

/** 受付票 as it is printed. @param office name of the office it is for, where a registry has one */
export function receiptLetter(receipt: Receipt, office: string | null): Letter {
  const { counts: c } = receipt;
  const same = c.repeated ? `　受付済 ${c.repeated}` : '';
  return {
    title: '受付票',
    number: receipt.receipt,
    date: japanDate(receipt.received_at),
    addressee: `${office ?? (receipt.office ? `事業所番号 ${receipt.office}` : '提出した事業所')}　御中`,
    sender: ['受付窓口'],
    opening: ['次のとおり書類を受け付けました。'],
    about: [
      ['受付番号', receipt.receipt],
      ['受付日時', eraTime(receipt.received_at)],
      ['送付物', receipt.name],
      [
        '内容',
        [`${receipt.packets.length}件・${totalsText(receipt)}`, splitText(receipt)]
          .filter(Boolean)
          .join('。'),
      ],
      ['結果', `受理 ${c.accept}　審査中 ${c.review}　返戻 ${c.return}${same}`],
    ],
    sections: [{ title: '受け付けた書類', lines: [], tables: receipt.packets.map(packetTable) }],
    closing: ['詳しくはそれぞれの通知をご覧ください。返戻となったものだけを直してお送りください。'],
  };
}

function packetTable(line: ReceiptLine, index: number): LetterTable {
  const first = line.first_finding;
  const more = line.findings > 1 ? `（ほか${line.findings - 1}件）` : '';
  const rows: [string, string | null][] = [
    ['利用者', maskNumber(line.insured_number)],
    ['サービス提供月', line.service_month ? eraText(line.service_month) : '不明'],
    ['区分', categoryLabel(line.category)],
    ['受付済', line.outcome === 'repeated' ? sameContents(line) : null],
    ['主な指摘', first && line.decision !== 'accept' ? `${first.message}${more}` : null],
    ['直し方', first && line.decision !== 'accept' ? first.remedy : null],
  ];
  return {
    head: `${index + 1}. ${line.packet}　${decisionLabel(line.decision)}`,
    rows: rows.filter((row): row is LetterRow => row[1] !== null),
  };
}
