import { findDates } from '../../../calendar/wareki.ts';
import { byColumns } from '../text/areas.ts';
import { type CompactLine, plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import { chosenOptions } from '../text/marks.ts';
import { recordWords } from './record-words.ts';

/** One dated entry of a record: a row of its table. */
export interface RecordEntry {
  /** ISO date */
  date: string;
  /** plain letters, column by column, lines of a column joined, so that words cut at a line's end are whole */
  text: string;
  page: number;
}

/**
 * The dated entries of a record. A line that begins with a date marks an entry; its row reaches to the widest gap
 * before the next date, whether the date is at the top of its row or in the middle.
 * 「7/5」 without a year takes the year of the entry before.
 */
export function recordEntries(form: FormText): RecordEntry[] {
  const dated = datedLines(form.lines);
  const starts = dated.map(({ at }, i) =>
    rowStart(form.lines, i === 0 ? headingBefore(form.lines, at) : dated[i - 1]?.at, at, i === 0),
  );
  return dated.map(({ at, iso, length }, i) => {
    const lines = form.lines.slice(starts[i], starts[i + 1] ?? form.lines.length);
    const line = form.lines[at] as CompactLine;
    return { date: iso, text: rowText(lines, line, length), page: line.page };
  });
}

interface DatedLine {
  at: number;
  iso: string;
  /** letters of the date */
  length: number;
}

function datedLines(lines: CompactLine[]): DatedLine[] {
  const dated: DatedLine[] = [];
  for (const [at, line] of lines.entries()) {
    const started = entryDate(line.text, dated.at(-1)?.iso);
    if (started) dated.push({ at, ...started });
  }
  return dated;
}

function entryDate(text: string, before: string | undefined): { iso: string; length: number } | null {
  const full = findDates(text.slice(0, 20))[0];
  if (full && full.index === 0) return { iso: full.iso, length: full.raw.length };
  const short = /^([0-9]{1,2})(?:月|[/.])([0-9]{1,2})日?(?![0-9])/.exec(text);
  if (!short || !before) return null;
  const month = Number(short[1]);
  const year = Number(before.slice(0, 4)) + (month < Number(before.slice(5, 7)) - 6 ? 1 : 0);
  const iso = findDates(`${year}年${month}月${Number(short[2])}日`)[0]?.iso;
  return iso ? { iso, length: short[0].length } : null;
}

/** The heading row above the first entry; lines above it belong to no entry. */
function headingBefore(lines: CompactLine[], first: number): number | undefined {
  const at = lines.slice(0, first).findLastIndex((line) => /年月日|実施日|日付|月日|内容/.test(line.text));
  return at < 0 ? undefined : at;
}

/** The first line of the row whose date is in line `at`: after the widest gap since `after`. */
function rowStart(lines: CompactLine[], after: number | undefined, at: number, first: boolean): number {
  if (after === undefined || lines[after]?.page !== lines[at]?.page) return at;
  const gaps: number[] = [];
  for (let i = after + 1; i <= at; i++)
    gaps.push((lines[i] as CompactLine).line.y - (lines[i - 1] as CompactLine).line.y);
  const widest = Math.max(...gaps);
  // rows without a wider gap between them: the date begins the row
  if (gaps.length < 2 || (!first && widest < 1.2 * Math.min(...gaps))) return at;
  return after + 1 + gaps.indexOf(widest);
}

/** The row's text without its date, column by column. */
function rowText(lines: CompactLine[], dateLine: CompactLine, dateLength: number): string {
  const parts = lines.flatMap((line) => {
    let skip = line === dateLine ? dateLength : 0;
    return line.line.cells.flatMap(({ x, right, text }) => {
      const letters = plainText(text);
      const rest = letters.slice(skip);
      skip = Math.max(0, skip - letters.length);
      return rest === '' ? [] : [{ x, right, text: rest }];
    });
  });
  return byColumns(parts).join('\n');
}

export type MonitoringWay = 'visit' | 'video' | 'phone' | 'contact';

/** Ways as boxes to mark; a way beside an empty box was not used. */
const BOXED: Record<string, MonitoringWay> = {
  居宅訪問: 'visit',
  自宅訪問: 'visit',
  訪問: 'visit',
  テレビ電話: 'video',
  電話: 'phone',
  事業所: 'contact',
  来所: 'contact',
};

/** The word beside an empty box does not count either, whatever mark the chosen one has. */
const EMPTY_BOX = new RegExp(`□(?:${Object.keys(BOXED).join('|')})`, 'gu');

/** How the person was met, by marked boxes, else by the words of profiles/record-words.yaml; several ways may be named. */
export function monitoringWays(text: string): MonitoringWay[] {
  if (/[□■☑☒✓○●◉◎⦿]/u.test(text)) {
    const chosen = chosenOptions(text, Object.keys(BOXED)).map((option) => BOXED[option] as MonitoringWay);
    if (chosen.length > 0) return [...new Set(chosen)];
  }
  const words = recordWords();
  const chosen = text.replace(EMPTY_BOX, '');
  const ways: MonitoringWay[] = [];
  if (words.visit.test(chosen)) ways.push('visit');
  if (words.video.test(chosen)) ways.push('video');
  if (words.phone.test(chosen)) ways.push('phone');
  if (ways.length === 0 && words.contact_place.test(chosen)) ways.push('contact');
  return ways;
}
