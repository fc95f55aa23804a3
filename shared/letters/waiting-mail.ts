/** What waits for one recipient: numbers alone, nothing of a person. */
export type Waiting =
  | { for: 'center'; name: string; reviews: number; overdue: number }
  | { for: 'office'; name: string; returned: number; letters: number };

export interface WaitingMail {
  subject: string;
  text: string;
}

/**
 * The mail that says that something waits, with the number and the address of the desk; null where nothing waits.
 * @param page address of the page, without a slash at its end
 */
export function waitingMail(waiting: Waiting, city: string, page: string): WaitingMail | null {
  const lines = linesOf(waiting);
  if (lines.length === 0) return null;
  const screen = waiting.for === 'center' ? 'hokatsu/queue' : 'office/packets';
  return {
    subject: `【介護予防の書類受付】${lines[0]}`,
    text: [
      `${waiting.name} 御中`,
      '',
      `${city}の介護予防支援・介護予防ケアマネジメントの書類受付からのお知らせです。`,
      '',
      ...lines.map((line) => `・${line}`),
      '',
      '次のURLを開き、サインインしてお確かめください。',
      `${page}/#/${screen}`,
      '',
      'このメールには、利用者に関することを書いていません。このメールには返信できません。',
      'お知らせを止めるときは、市の担当者に連絡してください。',
      '',
    ].join('\r\n'),
  };
}

function linesOf(waiting: Waiting): string[] {
  if (waiting.for === 'center') {
    const overdue = waiting.overdue > 0 ? `（うち期限を過ぎたもの ${waiting.overdue}件）` : '';
    return waiting.reviews > 0 ? [`確認を待っているもの ${waiting.reviews}件${overdue}`] : [];
  }
  return [
    ...(waiting.returned > 0 ? [`返戻となった書類 ${waiting.returned}件`] : []),
    ...(waiting.letters > 0 ? [`包括からの連絡 ${waiting.letters}件`] : []),
  ];
}
