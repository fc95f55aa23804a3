import { eraText } from '../calendar/wareki.ts';
import { cityLabel } from '../vocabulary/labels.ts';
import type { Letter, LetterRow } from './letter.ts';

/** What a letter of a reviewer is about. */
export interface AdviceFrom {
  /** number of the letter */
  number: string;
  /** ISO date */
  on: string;
  advice: string;
  /** what has to follow; null: nothing */
  awaits: string | null;
  receipt: string;
  packet: string;
  packet_id: string;
  city: string;
  center_name: string | null;
  office_number: string;
  office_name: string | null;
  insured_number: string | null;
  name: string | null;
  /** YYYY-MM */
  month: string;
}

/** 助言のお知らせ: what the 包括 advises about papers that were accepted. */
export const adviceLetter = (from: AdviceFrom): Letter => ({
  title: '助言のお知らせ',
  ...letterHead(from),
  opening: ['次の書類の内容を確かめましたので、助言をお知らせします。書類の不備ではありません。'],
  about: aboutRows(from, '助言の日'),
  sections: [
    { title: '助言', lines: from.advice.split('\n').filter(Boolean), tables: [] },
    { title: '次にすること', lines: [nextStep(from.awaits)], tables: [] },
  ],
});

/** Number, sender, addressee and closing of every letter of a reviewer. */
export const letterHead = (
  from: AdviceFrom,
): Pick<Letter, 'number' | 'date' | 'addressee' | 'sender' | 'closing'> => ({
  number: from.number,
  date: from.on,
  addressee: `${from.office_name ?? `事業所番号 ${from.office_number}`}　御中`,
  sender: [cityLabel(from.city), from.center_name].filter((line) => line !== null),
  closing: [
    `お問い合わせの際は受付番号 ${from.receipt} をお伝えください。`,
    `書類一式の番号: ${from.packet_id}`,
  ],
});

/** The packet, its person and month, and the day under `dayTitle`. */
export function aboutRows(
  { receipt, packet, insured_number, name, month, on }: AdviceFrom,
  dayTitle: string,
): LetterRow[] {
  const person = [insured_number, name && `${name} 様`].filter(Boolean).join(' ');
  return [
    ['受付番号', receipt],
    ['提出物', packet],
    ['利用者', person || '特定できません'],
    ['サービス提供月', /^\d{4}-\d{2}$/.test(month) ? eraText(month) : '不明'],
    [dayTitle, eraText(on)],
  ];
}

const nextStep = (awaits: string | null): string =>
  awaits
    ? `助言の内容を計画に反映し、計画が確定したら「${awaits}」をお送りください。`
    : '今後の支援に生かしてください。この書類を出し直す必要はありません。';
