import type { FieldName, ReadDocument, Reading } from '../../documents/document.ts';
import { placeText } from '../../findings/place-text.ts';
import type { Readings } from '../readings.ts';
import { type FieldUse, fieldUses, sameIn } from './field-uses.ts';
import { type Sameness, sameValue } from './sameness.ts';
import type { SourceReading } from './source-reading.ts';

/** Readings of one fact that must agree. */
export interface Comparable {
  path: string;
  readings: SourceReading[];
  same: Sameness;
  /** the latest of them counts where they do not */
  isNewest: boolean;
}

/** What the documents show of each fact that has one value, occasion by occasion. Readings by OCR never contradict. */
export function documentReadings(readings: Readings): Comparable[] {
  const certain = readings.all.filter(({ reading }) => !reading.uncertain);
  const byField = Map.groupBy(certain, ({ reading }) => reading.field);
  return [
    ...fieldUses().flatMap(([field, use]) => comparablesOf(use, byField.get(field) ?? [])),
    ...checklistAnswers(byField.get('checklist_answer') ?? []),
  ];
}

type Placed = { reading: Reading; document: ReadDocument };

function comparablesOf(use: FieldUse, placed: Placed[]): Comparable[] {
  if (!('one' in use || 'newest' in use) || placed.length === 0) return [];
  const from = 'one' in use ? use.from : undefined;
  const counted = withoutWeaker(use, from ? placed.filter(({ document }) => from(document)) : placed);
  // Another form carries the date of another occasion.
  const groups =
    'newest' in use ? [...Map.groupBy(counted, ({ document }) => document.kind).values()] : [counted];
  return groups
    .flatMap((group) => byOccasion(use.occasion, group))
    .map((group) => ({
      path: 'one' in use ? use.one : use.newest,
      readings: group.map(({ reading }) => toSource(reading)),
      same: sameIn(use),
      isNewest: 'newest' in use,
    }));
}

function withoutWeaker(use: FieldUse, placed: Placed[]): Placed[] {
  const weaker = 'one' in use ? (use.weaker ?? []) : [];
  const telling = placed.filter(({ reading }) => !weaker.includes(reading.value));
  return telling.length > 0 ? telling : placed;
}

/** Groups of documents of the same occasion; a document that names none belongs to each group. */
function byOccasion(field: FieldName | undefined, placed: Placed[]): Placed[][] {
  if (!field) return [placed];
  const occasions = Map.groupBy(placed, ({ document }) => occasionOf(document, field));
  const open = occasions.get('') ?? [];
  const named = [...occasions].filter(([key]) => key !== '').map(([, group]) => [...group, ...open]);
  return named.length > 0 ? named : [open];
}

const occasionOf = ({ readings }: ReadDocument, field: FieldName): string =>
  [...new Set(readings.filter((r) => r.field === field).map((r) => String(r.value)))].sort().join();

/** Entries «number=answer», question by question, of 基本チェックリスト of one day. */
function checklistAnswers(placed: Placed[]): Comparable[] {
  return byOccasion('checklist_date', placed).flatMap((group) =>
    [...Map.groupBy(group, ({ reading }) => String(reading.value).split('=')[0]!)].map(
      ([question, entries]) => ({
        path: `checklist_answers.${question}`,
        readings: entries.map(({ reading }) => toSource(reading)),
        same: sameIn({ one: 'checklist_answers' }),
        isNewest: false,
      }),
    ),
  );
}

/** Readings chosen by a step that must agree. */
export const mustAgree = (path: string, readings: Reading[]): Comparable => ({
  path,
  readings: readings.filter(({ uncertain }) => !uncertain).map(toSource),
  same: sameValue,
  isNewest: false,
});

export const toSource = ({ value, where }: Reading): SourceReading => ({
  source: 'document',
  value,
  where,
  place: placeText(where),
});
