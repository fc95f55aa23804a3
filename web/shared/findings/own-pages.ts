import type { PageSpan } from '../../../shared/packet/packet.ts';

/** Of a file of several persons the pages of one, by their numbers in the file as it was sent; null: the whole file. */
type OwnPages = readonly PageSpan[] | null;

/** Where a page of the sent file is among those that are shown, from 1; a page of another person: the first. */
export function shownPage(own: OwnPages, page: number): number {
  let before = 0;
  for (const { from, to } of own ?? []) {
    if (page >= from && page <= to) return before + page - from + 1;
    before += to - from + 1;
  }
  return own ? 1 : page;
}

/** The number in the sent file of a page that is shown. */
export function sentPage(own: OwnPages, shown: number): number {
  let before = 0;
  for (const { from, to } of own ?? []) {
    if (shown <= before + to - from + 1) return from + shown - before - 1;
    before += to - from + 1;
  }
  return shown;
}
