import * as z from 'zod';
import { tableLoader } from '../../profiles/load-table.ts';
import type { Reading } from '../document.ts';
import { personReadings } from './fields/person.ts';
import { dateReading, type FormReader, inLine, optionReading, reading } from './fields/readings.ts';
import type { CompactLine } from './text/compact-line.ts';
import type { FormText } from './text/form-text.ts';
import { chosenOption } from './text/marks.ts';

const schema = z.strictObject({
  counts_when: z.record(z.string(), z.enum(['はい', 'いいえ'])),
  bmi: z.strictObject({ question: z.number(), below: z.number(), confirmed: z.boolean() }),
  source: z.string(),
});
const loadTable = tableLoader(schema);

/** 基本チェックリスト: the day, the 25 answers as 「番号=0/1」, and the result where the form prints one. */
export const kihonChecklistReader: FormReader = (form) => [
  ...personReadings(form),
  ...dateReading(
    form,
    'checklist_date',
    '記入日',
    '実施日',
    '記入年月日',
    '実施年月日',
    '作成日',
    '回答日',
    '記入',
  ),
  ...answerReadings(form),
  ...resultReading(form),
];

function answerReadings(form: FormText): Reading[] {
  const columns = answerColumns(form);
  const readings = new Map<number, Reading>();
  for (const line of form.lines) {
    const number = questionNumber(line);
    if (!number || readings.has(number)) continue;
    const counts = questionScore(line, number, columns);
    if (counts !== null)
      readings.set(number, reading(form, 'checklist_answer', `${number}=${counts}`, inLine(line)));
  }
  return [...readings.values()];
}

/** The number a line begins with, when a question follows. 「8 15分位…」: the number ends at the gap. */
function questionNumber(line: CompactLine): number | null {
  const digits = /^(?:No\.?|問)?([0-9]{1,2})/.exec(line.text);
  if (!digits) return null;
  const start = digits[0].length - (digits[1] as string).length;
  const gap = line.gaps.findIndex((each, i) => i > start && each > 0);
  const number = gap > 0 && gap < digits[0].length ? line.text.slice(start, gap) : (digits[1] as string);
  const next = line.text.slice(start + number.length).replace(/^[.:)]/, '');
  const value = Number(number);
  return value >= 1 && value <= 25 && /^[^月/年]/.test(next) ? value : null;
}

/** 1 when the answer counts, 0 when not, null when the marks do not decide it. */
function questionScore(line: CompactLine, number: number, columns: Columns | null): 0 | 1 | null {
  const { counts_when, bmi } = loadTable('checklist-answers');
  if (number === bmi.question) {
    const measured = /BMI[=:は(]*([0-9]{2}(?:\.[0-9]+)?)/i.exec(line.text)?.[1];
    if (measured) return Number(measured) < bmi.below ? 1 : 0;
  }
  const answer = answerOf(line, columns);
  if (answer === '0' || answer === '1') return Number(answer) as 0 | 1;
  const counting = counts_when[String(number)];
  if (!answer || !counting) return null;
  return answer === counting ? 1 : 0;
}

interface Columns {
  yes: number;
  no: number;
}

/** The positions of the columns はい and いいえ, when the answers are marks under a heading. */
function answerColumns(form: FormText): Columns | null {
  for (const line of form.lines) {
    const cells = line.line.cells.map((cell) => ({
      text: cell.text.replace(/\s/g, ''),
      middle: (cell.x + cell.right) / 2,
    }));
    const yes = cells.find((cell) => /^[01]?[.:]?はい$/.test(cell.text));
    const no = cells.find((cell) => /^[01]?[.:]?いいえ$/.test(cell.text));
    if (yes && no && questionNumber(line) === null) return { yes: yes.middle, no: no.middle };
  }
  return null;
}

function answerOf(line: CompactLine, columns: Columns | null): string | null {
  const rest = line.text.replace(/^(?:No\.?|問)?[0-9]{1,2}[.:)]?/, '');
  const chosen = chosenOption(numberedMarks(rest), ['いいえ', 'はい']);
  if (chosen) return chosen;
  const last = line.line.cells.at(-1);
  if (!last || line.line.cells.length < 2) return null;
  const text = last.text.replace(/\s/g, '').normalize('NFKC');
  if (/^[01]$/.test(text) && !/はい|いいえ/.test(rest)) return text;
  if (!columns || !/^[○〇◯●✓✔☑■レ1]$/u.test(text)) return null;
  const middle = (last.x + last.right) / 2;
  return Math.abs(middle - columns.yes) < Math.abs(middle - columns.no) ? 'はい' : 'いいえ';
}

/** 「0.はい ①.いいえ」: an enclosed number means a circle drawn around it. */
const numberedMarks = (text: string): string => text.replace(/(?:[⓪①⓵➀]|\([01]\))[.:]?/gu, '☑');

const RESULTS = {
  該当あり: '該当あり',
  該当なし: '該当なし',
  事業対象者に該当: '該当あり',
  非該当: '該当なし',
  該当: '該当あり',
};
const resultReading = (form: FormText): Reading[] =>
  optionReading(
    form,
    'checklist_result',
    RESULTS,
    '判定結果',
    '判定',
    '結果',
    '基本チェックリストの結果',
    '事業対象者の該当',
  );
