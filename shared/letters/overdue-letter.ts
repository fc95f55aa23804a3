import { eraText } from '../calendar/wareki.ts';
import { type AdviceFrom, aboutRows, letterHead } from './advice-letter.ts';
import type { Letter } from './letter.ts';

/** A paper that has not come. */
export interface Overdue {
  what: string;
  /** ISO date of its last day; null: no day is fixed */
  due: string | null;
}

/** 書類の提出のお願い: a paper that had to follow a packet is past its day, and the 包括 asks the office for it. */
export const overdueLetter = (from: AdviceFrom, { what, due }: Overdue): Letter => ({
  title: '書類の提出のお願い',
  ...letterHead(from),
  opening: [
    '次の書類が、期限を過ぎても届いていません。すでに別の方法で提出された場合は、その旨をお知らせください。',
  ],
  about: aboutRows(from, 'お願いの日'),
  sections: [
    { title: '届いていない書類', lines: [due ? `${what}（期限 ${eraText(due)}）` : what], tables: [] },
    { title: '包括からの連絡', lines: from.advice.split('\n').filter(Boolean), tables: [] },
    { title: '次にすること', lines: [`「${what}」をこの受付にお送りください。`], tables: [] },
  ],
});
