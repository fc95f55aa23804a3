import { type Finding, fileFinding } from '../findings/finding.ts';
import { FIELDS } from './document.ts';
import type { UnclearChoice } from './forms/fields/unclear-choices.ts';

/** No option of a printed choice is marked, or the marks do not tell which. */
export const unclearChoice = (file: string, { field, page, words, isDecisive }: UnclearChoice): Finding =>
  fileFinding(
    'F_PDF_CHOICE',
    isDecisive ? 'review' : 'info',
    { file, page },
    `「${file}」の${page}ページの「${FIELDS[field].replace(/ \(.*\)$/, '')}」は、${words.map((word) => `「${word}」`).join('')}のどれに印が付いているか読み取れません。`,
    '担当者が書類を目で確かめます。どれにも印を付けていなければ、選んだものに印を付けて送り直してください。',
  );
