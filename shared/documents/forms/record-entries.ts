import { findDates } from '../../text/wareki.ts';
import type { FormText } from './form-text.ts';
import { recordWords } from './record-words.ts';

/** One dated entry of a record: what was written from this date to the next. */
export interface RecordEntry {
  /** ISO date */
  date: string;
  /** plain letters, lines joined without a break, so that words cut at a line's end are whole */
  text: string;
  page: number;
}

/**
 * The dated entries of a record. A line that begins with a date begins an entry; 「7/5」 without a year takes the year
 * of the entry before.
 */
export function recordEntries(form: FormText): RecordEntry[] {
  const entries: RecordEntry[] = [];
  for (const line of form.lines) {
    const started = entryDate(line.text, entries.at(-1)?.date);
    const last = entries.at(-1);
    if (started) entries.push({ date: started.iso, text: line.text.slice(started.length), page: line.page });
    else if (last) last.text += line.text;
  }
  return entries;
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

export type MonitoringWay = 'visit' | 'video' | 'phone' | 'contact';

/** How the person was met, by the words of profiles/record-words.yaml; several ways may be named. */
export function monitoringWays(text: string): MonitoringWay[] {
  const words = recordWords();
  const ways: MonitoringWay[] = [];
  if (words.visit.test(text)) ways.push('visit');
  if (words.video.test(text)) ways.push('video');
  if (words.phone.test(text)) ways.push('phone');
  if (ways.length === 0 && words.contact_place.test(text)) ways.push('contact');
  return ways;
}
