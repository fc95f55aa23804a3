import type { DocumentKind } from '../../../vocabulary/document-kinds.ts';
import type { FieldName, Reading } from '../../document.ts';
import type { PageText } from '../../pages/page-text.ts';
import { compactLines, plainText } from '../text/compact-line.ts';
import { type FormText, formText } from '../text/form-text.ts';
import { throughOptions, valuesOf } from '../text/value-beside.ts';
import { type Choice, choicesOf } from './choices.ts';

export interface UnclearChoice {
  field: FieldName;
  page: number;
  words: string[];
  isDecisive: boolean;
}

/**
 * Choices that a form prints and whose marks decide nothing: no mark, several, or one that is not clear. On a scanned page
 * a mark may have made the options illegible, so there a choice without a label of its own need not be found printed.
 */
export function unclearChoices(
  file: string,
  kind: DocumentKind,
  pages: PageText[],
  readings: Reading[],
  isScan = false,
): UnclearChoice[] {
  const open = choicesOf(kind).filter(({ field }) => !readings.some((reading) => reading.field === field));
  if (open.length === 0) return [];
  const form = formText(file, pages, NO_LABELS);
  const unclear = open.flatMap((choice) => {
    const isAlwaysPrinted = isScan && choice.isDecisive && choice.kinds && !choice.labels;
    const page = pageOffering(form, pages, choice) ?? (isAlwaysPrinted ? (pages[0]?.page ?? null) : null);
    return page === null
      ? []
      : [{ field: choice.field, page, words: choice.words, isDecisive: choice.isDecisive }];
  });
  return unclear.filter((choice, i) => unclear.findIndex(({ field }) => field === choice.field) === i);
}

const NO_LABELS: string[] = [];

function pageOffering(form: FormText, pages: PageText[], choice: Choice): number | null {
  if (choice.labels) return pageWithLabel(form, choice, choice.labels);
  return pages.find((each) => offers(each, choice))?.page ?? null;
}

/** Where a label prints two options of the choice or more. */
function pageWithLabel(
  form: FormText,
  { words, spread, noneApplies }: Choice,
  labels: string[],
): number | null {
  const plain = words.map(plainText);
  if (noneApplies && form.lines.some(({ text }) => noneApplies.test(text))) return null;
  for (const found of valuesOf(form, ...labels)) {
    const text = throughOptions(form, found, plain);
    const printed = spread?.(text) ?? text;
    if (plain.filter((word) => printed.includes(word)).length > 1) return found.page;
  }
  return null;
}

/** Two options struck out, in one line, or in lines that follow each other. */
function offers(page: PageText, { words, without }: Choice): boolean {
  const plain = words.map(plainText);
  const struck = plain.filter((word) => page.struck?.some((each) => plainText(each).includes(word)));
  if (struck.length > 1) return true;
  const lines = compactLines(page)
    .map(({ text }) => text)
    .filter((text) => !without?.test(text));
  return lines.some((text, i) => {
    const near = [text, lines[i + 1] ?? ''];
    const printed = plain.filter((word) => near.some((each) => each.includes(word)));
    return printed.length > 1 && plain.some((word) => text.includes(word));
  });
}

/** True when a choice was read from a ring or from lines through the other options. */
export function isByHand(kind: DocumentKind, { field, where }: Reading, pages: PageText[]): boolean {
  const page = pages.find((each) => each.page === where.page);
  const drawn = [...(page?.struck ?? []), ...(page?.ringed ?? [])].map(plainText);
  if (drawn.length === 0) return false;
  return choicesOf(kind).some(
    (choice) =>
      choice.field === field &&
      choice.words.some((word) => drawn.some((each) => each.includes(word) || word.includes(each))),
  );
}
