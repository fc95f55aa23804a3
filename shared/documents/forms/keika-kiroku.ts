import { namesCenter } from '../../profiles/bodies.ts';
import type { Reading } from '../document.ts';
import { endingReadings } from './fields/endings.ts';
import { personReadings } from './fields/person.ts';
import { type FormReader, nameReading, reading } from './fields/readings.ts';
import { monitoringWays, type RecordEntry, recordEntries } from './fields/record-entries.ts';
import { recordWords } from './fields/record-words.ts';
import { plainText } from './text/compact-line.ts';
import type { FormText } from './text/form-text.ts';

/** 経過記録 and 支援経過: marks, the reason of a change of category, contact with the center, monitoring, endings. */
export const keikaKirokuReader: FormReader = (form) => {
  const entries = recordEntries(form);
  return [
    ...personReadings(form),
    ...nameReading(form, 'care_manager_name', '計画作成者氏名', '計画作成者名', '計画作成者'),
    ...tagReadings(form),
    ...changeReason(form, entries),
    ...centerContact(form, entries),
    ...monitoringReadings(form, entries),
    ...endingReadings(form, entries),
  ];
};

/** ＜サービス担当者会議＞ and ＜モニタリング＞ in any brackets. */
function tagReadings(form: FormText): Reading[] {
  return Object.entries(recordWords().tags).flatMap(([tag, variants]) => {
    const mark = new RegExp(`[<[(「『■●◆](?:${variants.map(plainText).join('|')})(?:[>\\])」』:]|$)`, 'u');
    const line = form.lines.find((each) => mark.test(each.text));
    return line
      ? [reading(form, 'keika_tag', tag, { page: line.page, text: mark.exec(line.text)?.[0] ?? tag })]
      : [];
  });
}

/** An entry that mentions a change of category and its reason, by the words of profiles/record-words.yaml. */
function changeReason(form: FormText, entries: RecordEntry[]): Reading[] {
  const { change, reason } = recordWords();
  const parts = entries.length > 0 ? entries : wholeText(form);
  for (const entry of parts)
    if (change.some((words) => words.test(entry.text)) && reason.some((words) => words.test(entry.text)))
      return [reading(form, 'keika_change_reason', entry.text.slice(0, 200), entry)];
  return [];
}

/** A sentence that names the center and how it was contacted. */
function centerContact(form: FormText, entries: RecordEntry[]): Reading[] {
  const { center, contact } = recordWords();
  for (const entry of entries.length > 0 ? entries : wholeText(form))
    for (const sentence of entry.text.split(/[。\n]/))
      if ((center.test(sentence) || namesCenter(sentence)) && contact.test(sentence))
        return [
          reading(form, 'keika_center_contact', true, { page: entry.page, text: sentence.slice(0, 120) }),
        ];
  return [];
}

/** One reading for each way of meeting in an entry that is a モニタリング; an entry without a way is a record only. */
function monitoringReadings(form: FormText, entries: RecordEntry[]): Reading[] {
  return entries
    .filter((entry) => recordWords().monitoring.test(entry.text))
    .flatMap((entry) => {
      const month = entry.date.slice(0, 7);
      const ways = monitoringWays(monitoringPart(entry.text));
      return (ways.length > 0 ? ways : ['record']).map((way) =>
        reading(form, 'monitoring_entry', `${month} ${way}`, {
          page: entry.page,
          text: entry.text.slice(0, 60),
        }),
      );
    });
}

/** What follows the mark ＜モニタリング＞ up to the next mark; the whole entry when it has no mark. */
function monitoringPart(text: string): string {
  const marked = /[<[(「『]モニタリング[>\])」』](.*)/su.exec(text)?.[1];
  return marked?.split(/[<[](?=[^>\]]{2,12}[>\]])/u)[0] ?? text;
}

const wholeText = (form: FormText): RecordEntry[] => [
  { date: '', text: form.lines.map((line) => line.text).join(''), page: form.lines[0]?.page ?? 1 },
];
