import type { DocumentKind } from '../../../vocabulary/document-kinds.ts';
import type { FieldName, Reading } from '../../document.ts';
import type { PageText } from '../../pages/page-text.ts';
import { compactLine, plainText } from '../text/compact-line.ts';

/** A choice a decision rests on, with the options as the form prints them. */
interface Choice {
  field: FieldName;
  kinds: DocumentKind[];
  words: string[];
  /** lines that print the words for another reason */
  without?: RegExp;
}

const NOTIFICATIONS: DocumentKind[] = ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'];
const CHOICES: Choice[] = [
  { field: 'hyoka_result', kinds: ['hyokahyo', 'hyoka_record'], words: ['プラン継続', 'プラン変更', '終了'] },
  {
    field: 'notification_kind',
    kinds: NOTIFICATIONS,
    words: ['新規', '変更'],
    without: /依頼|届出書|変更年月日|変更する/,
  },
];

export interface UnclearChoice {
  field: FieldName;
  page: number;
  words: string[];
}

/** Choices that a form prints and whose marks decide nothing: no mark, several, or one that is not clear. */
export function unclearChoices(kind: DocumentKind, pages: PageText[], readings: Reading[]): UnclearChoice[] {
  return CHOICES.filter(({ kinds }) => kinds.includes(kind)).flatMap((choice) => {
    if (readings.some(({ field }) => field === choice.field)) return [];
    const page = pages.find((each) => offers(each, choice));
    return page ? [{ field: choice.field, page: page.page, words: choice.words }] : [];
  });
}

/** Two options struck out, in one line, or in lines that follow each other. */
function offers(page: PageText, { words, without }: Choice): boolean {
  const plain = words.map(plainText);
  const struck = plain.filter((word) => page.struck?.some((each) => plainText(each).includes(word)));
  if (struck.length > 1) return true;
  const lines = page.lines
    .map((line) => compactLine(line, page.page).text)
    .filter((text) => !without?.test(text));
  return lines.some((text, i) => {
    const near = [text, lines[i + 1] ?? ''];
    const printed = plain.filter((word) => near.some((each) => each.includes(word)));
    return printed.length > 1 && plain.some((word) => text.includes(word));
  });
}
