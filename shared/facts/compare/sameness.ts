import { parseDate } from '../../calendar/wareki.ts';
import type { ServiceUse } from '../../documents/document.ts';
import { foldKey, nameKey } from '../../text/normalise.ts';
import type { SourceReading } from './source-reading.ts';

/** Whether two sources mean the same. Differences of spelling are none. */
export type Sameness = (a: SourceReading, b: SourceReading) => boolean;

const by =
  (key: (value: unknown) => unknown): Sameness =>
  (a, b) =>
    key(a.value) === key(b.value);

/** Width, blanks and 異体字 do not count, nor does the calendar a date is written in. */
export const sameValue: Sameness = by((value) =>
  typeof value === 'string' ? (parseDate(value) ?? foldKey(value)) : value,
);

export const sameName: Sameness = by((value) => nameKey(String(value)));

const SMALL_KANA: Record<string, string> = Object.fromEntries(
  [...'ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケ'].flatMap((c, i, all) =>
    i % 2 ? [] : [[c, all[i + 1]!]],
  ),
);

/** Hiragana or katakana; half-width data often has no small kana. */
export const sameKana: Sameness = by((value) =>
  foldKey(String(value))
    .replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))
    .replace(/[ァィゥェォッャュョヮヵヶ]/g, (c) => SMALL_KANA[c]!)
    .replace(/[-ー・･]/g, ''),
);

/** 「一丁目2番3号」 and 「1-2-3」 are one address, and so is one with the name of the building or the prefecture. */
export const sameAddress: Sameness = (a, b) => {
  const [shorter, longer] = [addressKey(a.value), addressKey(b.value)].sort((x, y) => x.length - y.length);
  return longer!.includes(shorter!);
};

const KANJI_DIGITS = '〇一二三四五六七八九';
const addressKey = (value: unknown): string =>
  foldKey(String(value))
    .replace(/^.{2,3}?[都道府県](?=.*[市区町村])/, '')
    .replace(/([一二三四五六七八九])(?=丁目)/g, (c) => String(KANJI_DIGITS.indexOf(c)))
    .replace(/丁目|番地の?|番(?=\d)|(?<=\d)の(?=\d)/g, '-')
    .replace(/(?<=\d)[番号]/g, '')
    .replace(/-+$/, '');

/** The same members in any order. */
export const sameSet: Sameness = by((value) => [...new Set([value].flat().map(String))].sort().join());

/** A 送付票 names services in short: only their classes are compared. */
export const sameServiceClasses: Sameness = by((value) =>
  [...new Set((value as ServiceUse[]).map((service) => service.class))].sort().join(),
);

/** A title may be given in short. */
export const sameTitle: Sameness = (a, b) => {
  const [shorter, longer] = [titleKey(a.value), titleKey(b.value)].sort((x, y) => x.length - y.length);
  return longer!.includes(shorter!);
};
const titleKey = (value: unknown): string =>
  foldKey(String(value))
    .replace(/\(変更\)/g, '')
    .replace(/\(.*$/, '');

/** Every contract of the shorter list is one of the longer. */
export const sameContracts: Sameness = (a, b) => {
  const [some, all] = [contractKeys(a.value), contractKeys(b.value)].sort((x, y) => x.length - y.length);
  return some!.every((contract) => all!.includes(contract));
};
const contractKeys = (value: unknown): string[] =>
  (value as string[][]).map((parties) => [...new Set(parties)].sort().join());

type Entries = Record<string, unknown>;

/** Answers by question: only the questions both sources answer are compared. */
export const sameAnswers: Sameness = (a, b) =>
  Object.entries(a.value as Entries).every(([question, answer]) => {
    const other = (b.value as Entries)[question];
    return other === undefined || other === null || Number(other) === Number(answer);
  });

/** How the person was seen, month by month: only the months and ways both sources tell are compared. */
export const sameMonths: Sameness = (a, b) => {
  const others = new Map((b.value as Entries[]).map((entry) => [entry.month, entry]));
  return (a.value as Entries[]).every((entry) => {
    const other = others.get(entry.month);
    return !other || WAYS.every((way) => !isDenied(entry[way], other[way]));
  });
};
const WAYS = ['visit', 'video', 'phone', 'contact', 'record'];
const isDenied = (a: unknown, b: unknown): boolean =>
  typeof a === 'boolean' && typeof b === 'boolean' && a !== b;

/**
 * 計画書区分 tells new from continuing and nothing else: a more special event fits both. The papers of a month that
 * continues bring the first plan along, which is still in force; a packet called new brings no plan that continues.
 */
export const sameEvent: Sameness = (a, b) => {
  const [cover, other] = a.source === 'cover' ? [a, b] : [b, a];
  return !(cover.value === 'new' && other.value === 'continuing');
};

/** A center commissions and an office carries out: papers of one month name both. A 送付票 names the sender. */
export const sameOffice: Sameness = (a, b) =>
  a.value === b.value ||
  (a.source !== 'cover' && b.source !== 'cover' && isCenter(a.value) !== isCenter(b.value));
/** The third digit of a 地域包括支援センター is 0. */
const isCenter = (number: unknown): boolean => String(number)[2] === '0';

/** Areas by key: a center in charge of several is in none of them in particular. */
export const sameArea: Sameness = (a, b) =>
  (a.value as string[]).some((area) => (b.value as string[]).includes(area));
