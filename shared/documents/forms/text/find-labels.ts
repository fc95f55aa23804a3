import { type CompactLine, plainText } from './compact-line.ts';

/** Labels in plain letters, by their first letter, the longest first. */
export type LabelIndex = Map<string, string[]>;
/** The labels of a form, with the places in its lines where they were looked for. */
export interface FormLabels {
  byLetter: LabelIndex;
  places: Map<CompactLine, LabelPlace[]>;
}
export const withoutPlaces = (byLetter: LabelIndex): FormLabels => ({ byLetter, places: new Map() });
export function labelIndex(labels: string[]): LabelIndex {
  const byLetter = new Map<string, string[]>();
  for (const label of new Set(labels.map(plainText))) {
    const letter = label[0] ?? '';
    byLetter.set(
      letter,
      [...(byLetter.get(letter) ?? []), label].sort((a, b) => b.length - a.length),
    );
  }
  return byLetter;
}
/** Labels are the same few hundred words for every form. */
const plainLabels = new Map<string, string>();
export function plainLabel(label: string): string {
  let plain = plainLabels.get(label);
  if (plain === undefined) {
    plain = plainText(label);
    plainLabels.set(label, plain);
  }
  return plain;
}
export interface LabelPlace {
  label: string;
  start: number;
  end: number;
}
/** The form's labels in a line; looked for once. */
export function labelPlaces(line: CompactLine, labels: FormLabels): LabelPlace[] {
  let places = labels.places.get(line);
  if (!places) {
    places = findLabels(line, labels.byLetter, []);
    labels.places.set(line, places);
  }
  return places;
}
/** Labels in a line, those of the form and those asked for: the longest at each place, never one inside another. */
export function findLabels(line: CompactLine, byLetter: LabelIndex, wanted: string[]): LabelPlace[] {
  const places: LabelPlace[] = [];
  for (let at = 0; at < line.text.length; at++) {
    const fits = (label: string): boolean =>
      line.text.startsWith(label, at) && mayEnd(line, at, at + label.length);
    const own = byLetter.get(line.text[at] as string)?.find(fits) ?? '';
    const asked = wanted.find(fits) ?? '';
    const label = asked.length > own.length ? asked : own;
    if (label === '' || !mayBegin(line, at)) continue;
    places.push({ label, start: at, end: at + label.length });
    at += label.length - 1;
  }
  return places;
}
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーA-Za-z0-9]/u;
function mayBegin(line: CompactLine, at: number): boolean {
  if ((line.gaps[at] ?? 0) > 0 || !WORD.test(line.text[at - 1] ?? '')) return true;
  // 「…1番1号氏名」: a program that spreads a line leaves no blank between an address and the next label
  return /[0-9号地室]/.test(line.text[at - 1] ?? '') && line.text.startsWith('氏名', at);
}
/** A label ends where a gap, a sign or a number follows; 「氏名」 in 「氏名欄」 is another word. */
function mayEnd(line: CompactLine, start: number, end: number): boolean {
  const next = line.text[end];
  if (next === undefined || (line.gaps[end] ?? 0) > 0) return true;
  if (line.cells[start] !== line.cells[end]) return true;
  return !WORD.test(next) || /[0-9]/.test(next);
}
