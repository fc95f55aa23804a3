import { findDates } from '../../../calendar/wareki.ts';
import type { Reading } from '../../document.ts';
import type { FormText } from '../text/form-text.ts';
import { chosenOptions } from '../text/marks.ts';
import { reading } from './readings.ts';
import type { RecordEntry } from './record-entries.ts';
import { recordWords } from './record-words.ts';

/**
 * What the entries of a record tell of an ending in the month (`YYYY-MM-DD reason`) and of why nothing was used, by the
 * words of profiles/record-words.yaml. A sentence about the family, about a plan or about an earlier time tells neither.
 */
export const endingReadings = (form: FormText, entries: RecordEntry[]): Reading[] =>
  entries.flatMap((entry) =>
    sentencesOf(entry.text).flatMap((sentence) => {
      const place = { page: entry.page, text: sentence.slice(0, 80) };
      const day = findDates(sentence)[0]?.iso ?? entry.date;
      return [
        ...endingsIn(sentence).map((reason) => reading(form, 'ended_entry', `${day} ${reason}`, place)),
        ...noUseReasons(sentence).map((reason) => reading(form, 'no_use_reason', reason, place)),
      ];
    }),
  );

/** The reasons of `flags.ended_by` that a sentence tells. */
export function endingsIn(sentence: string): string[] {
  const { endings, not_happened } = recordWords();
  const about = aboutPerson(sentence);
  if (about === null || not_happened.test(about)) return [];
  return Object.entries(endings).flatMap(([reason, words]) => (words.test(about) ? [reason] : []));
}

/**
 * The reasons a line of a form gives. A line that prints several of them with only separators between is a choice or a
 * legend: only the marked ones count.
 */
export function endingsInLine(text: string): string[] {
  const places = Object.entries(recordWords().ending_options)
    .flatMap(([reason, words]) => {
      const found = words.exec(text);
      return found
        ? [{ reason, word: found[0], start: found.index, end: found.index + found[0].length }]
        : [];
    })
    .sort((a, b) => a.start - b.start);
  const isListed = places
    .slice(1)
    .some(({ start }, i) => /^\P{L}*$/u.test(text.slice(places[i]?.end, start)));
  if (!isListed) return endingsIn(text);
  const marked = chosenOptions(
    text,
    places.map(({ word }) => word),
  );
  return places.flatMap(({ reason, word }) => (marked.includes(word) ? [reason] : []));
}

function noUseReasons(sentence: string): string[] {
  const { no_use, no_use_reasons } = recordWords();
  if (!no_use.test(sentence)) return [];
  return Object.entries(no_use_reasons).flatMap(([reason, words]) => (words.test(sentence) ? [reason] : []));
}

/** The sentence without who reported it; null where it is about a member of the family. */
function aboutPerson(sentence: string): string | null {
  const { family, informant, person } = recordWords();
  const rest = sentence.replace(informant, '');
  return family.test(rest) && !person.test(rest) ? null : rest;
}

const sentencesOf = (text: string): string[] => text.split(/[。\n]/).filter((sentence) => sentence !== '');
