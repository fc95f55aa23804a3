import { cityKeys, cityName } from '../../profiles/cities.ts';
import type { TextCell, TextLine } from '../pages/page-text.ts';
import { numberChecklist } from './number-checklist.ts';
import { repairServiceNames } from './repair-service-names.ts';

/**
 * Misreadings that recur and can only mean one thing. Numbers and names are never guessed: what is corrected here are
 * eras, the wave between two dates, the brackets of marks, and numbers of rows that are printed anyway.
 */

/** 「信和6年」: of the eras only 昭和 and 令和 end in 和, and 昭 is read well. */
const ERA = /[^昭\s\d(（・:：]和(?=\s?[0-9]{1,2}\s?年)/gu;
/** 「12月20昌」: a day before an era or an end. */
const PERIOD = /(日)[\s]?[へヘ一ー―\-~〜～…ょこ]?[\s]?(?=(?:令和|平成|昭和)\s?[0-9元])/gu;
/** 「R6.1.1ーR6.12.31」, 「2024年1月1日へ2024年12月31日」: two dates with a stroke between them that is no hyphen. */
const SPAN = /([0-9日])\s?[へヘ一ー―〜～…]\s?(?=(?:[RHS][0-9]{1,2}\.|[0-9]{4}[年/.]))/gu;
/** 「R6.1.1R6.12.31」: the wave itself was not read. */
const LOST_WAVE = /([0-9])\s?(?=[RHS][0-9]{1,2}\.[0-9]{1,2}\.[0-9])/gu;
/** Marks of the 経過記録, in any brackets or what is misread for them; one of the two must be present. */
const TAG = 'モニタリング|サービス担当者会議|担当者会議';
const OPEN = '[ぐくグク＜<〈《「『(（【［[{]';
const CLOSE = '[ッツっ＞>〉》」』)）】\\]］}]';
const MARK = new RegExp(`^${OPEN}{0,3}(${TAG})${CLOSE}{1,2}`, 'u');
const OPENED_MARK = new RegExp(`^${OPEN}{1,3}(${TAG})$`, 'u');
const CLOSING = new RegExp(`^${CLOSE}{1,2}`, 'u');
/** A cell of a 利用票. */
const ACTUAL = /^実[結緒続精積]$/u;

/**
 * Letters that stand for no ink: rests of lines (_), and the roof of 令, which is read once as 人 and once as a part of it.
 */
export const dropGhosts = <L extends { text: string }>(letters: L[]): L[] =>
  letters.filter(({ text }, i) => {
    if (text.trim() === '' || text === '_') return false;
    const [before, next, after] = [letters[i - 1]?.text, letters[i + 1]?.text, letters[i + 2]?.text];
    return !(text === '人' && before !== '本' && next === '令' && after === '和');
  });

/** One word as the engine read it. */
export const repairWord = (text: string): string =>
  cityNames().reduce((word, [pattern, name]) => word.replace(pattern, name), text.replace(ERA, '令和'));

let names: [RegExp, string][] | undefined;

/** Names of the desk's cities with one letter too many, which is how the engine reads a narrow kana (いわさき市). */
function cityNames(): [RegExp, string][] {
  names ??= cityKeys().flatMap((key) => {
    const name = cityName(key);
    const letters = [...name];
    return letters
      .slice(1)
      .map((_, i): [RegExp, string] => [
        new RegExp(`${letters.slice(0, i + 1).join('')}[ぁ-んァ-ヶ]${letters.slice(i + 1).join('')}`, 'gu'),
        name,
      ]);
  });
  return names;
}

/** The lines of a page, corrected where a line as a whole leaves one meaning. */
export function repairLines(lines: TextLine[]): TextLine[] {
  return numberChecklist(lines.map((line) => repairServiceNames(repairLine(line))));
}

function repairLine(line: TextLine): TextLine {
  let isOpen = false;
  const cells = line.cells.map((cell) => {
    const text = isOpen ? cell.text.replace(CLOSING, '') : cell.text;
    isOpen = OPENED_MARK.test(text);
    return {
      ...cell,
      text: text
        .replace(ERA, '令和')
        .replace(PERIOD, '$1～')
        .replace(SPAN, '$1～')
        .replace(LOST_WAVE, '$1～')
        .replace(MARK, '＜$1＞')
        .replace(OPENED_MARK, '＜$1＞')
        .replace(ACTUAL, '実績'),
    };
  });
  const whole = joinDates(cells);
  return { ...line, cells: whole, text: whole.map((cell) => cell.text).join('\t') };
}

/** Pieces of a date on both sides of a gap that letters were assigned across: 「3月22　日氏名」, 「計画作成日令　和6年」. */
const LOST_DAY = /(月[0-9]{1,2})([\s\u3000]+)日(?![曜0-9])/gu;
const LOST_ERA = /令([\s\u3000]+)(和[0-9元]{1,2}年)/gu;

function joinDates(cells: TextCell[]): TextCell[] {
  const joined = cells.map((cell) => ({
    ...cell,
    text: cell.text.replace(LOST_DAY, '$1日$2').replace(LOST_ERA, '$1令$2'),
  }));
  for (const [i, cell] of joined.entries()) {
    const after = joined[i + 1];
    if (!after) continue;
    if (/月[0-9]{1,2}$/u.test(cell.text) && /^日(?![曜0-9])/u.test(after.text))
      [cell.text, after.text] = [`${cell.text}日`, after.text.slice(1)];
    else if (cell.text.endsWith('令') && /^和[0-9元]{1,2}年/u.test(after.text))
      [cell.text, after.text] = [cell.text.slice(0, -1), `令${after.text}`];
  }
  return joined.filter(({ text }) => text !== '');
}
