import { findDates } from '../../calendar/wareki.ts';
import type { Reading } from '../document.ts';
import { personReadings } from './fields/person.ts';
import { type FormReader, inLine, nameReading, optionReading, reading } from './fields/readings.ts';
import { monitoringWays, recordEntries } from './fields/record-entries.ts';
import type { FormText } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

const WAYS = {
  居宅訪問: 'visit',
  自宅訪問: 'visit',
  訪問: 'visit',
  テレビ電話: 'video',
  電話: 'phone',
  事業所: 'contact',
  来所: 'contact',
};

/** モニタリング票: one visit with its day and way on the sheet, or a table of dated entries. */
export const monitoringRecordReader: FormReader = (form) => [
  ...personReadings(form),
  ...nameReading(form, 'care_manager_name', '担当者', '計画作成者', '記入者'),
  ...entryReadings(form),
];

function entryReadings(form: FormText): Reading[] {
  const entries = recordEntries(form);
  // 「実施日」 over several dated rows heads a table; over one day it is the day of the sheet
  const sheet = entries.length < 2 ? sheetDate(form) : null;
  if (sheet) {
    const marked = optionReading(form, 'monitoring_entry', WAYS, '実施方法', '面接方法', '方法', '実施場所');
    const ways = marked.length > 0 ? marked.map((each) => String(each.value)) : waysInText(form);
    return (ways.length > 0 ? ways : ['record']).map((way) =>
      reading(form, 'monitoring_entry', `${sheet.iso.slice(0, 7)} ${way}`, sheet.place),
    );
  }
  return entries.flatMap((entry) => {
    const ways = monitoringWays(entry.text);
    return (ways.length > 0 ? ways : ['record']).map((way) =>
      reading(form, 'monitoring_entry', `${entry.date.slice(0, 7)} ${way}`, {
        page: entry.page,
        text: entry.text.slice(0, 60),
      }),
    );
  });
}

function sheetDate(
  form: FormText,
): { iso: string; place: { page: number; text: string; spaced: string } } | null {
  for (const found of valuesOf(
    form,
    'モニタリング実施日',
    '実施日',
    '訪問日',
    '実施年月日',
    '面接日',
    'モニタリング日',
  )) {
    const date = findDates(found.text)[0];
    if (date) return { iso: date.iso, place: found };
  }
  return null;
}

function waysInText(form: FormText): string[] {
  const line = form.lines.find(
    (each) => /方法|場所|訪問|面接|電話/.test(each.text) && monitoringWays(each.text).length > 0,
  );
  return line ? monitoringWays(inLine(line).text) : [];
}
