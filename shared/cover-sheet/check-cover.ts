import { cityKey, cityNames } from '../profiles/cities.ts';
import { jsonKeys } from '../text/json-keys.ts';
import { printableShort } from '../text/printable.ts';
import { factLabel, isDerivedFact, isFactPath } from '../vocabulary/fact-labels.ts';
import {
  type Checked,
  checkFact,
  checkPattern,
  checkText,
  fits,
  isRecord,
  memberNames,
  unfit,
} from './check-value.ts';

/** A value of the 送付票 that cannot be used: what is written, where, and what may be written instead. */
interface CoverTrouble {
  /** what a clerk reads for the item */
  label: string;
  /** what is written there, short and printable */
  written: string;
  /** what may be written, as the end of a sentence: 「はい」か「いいえ」を */
  expected: string;
  /** line of packet.json, from 1 */
  row?: number;
}

export interface CheckedCover {
  /** the items that can be used, words as their keys */
  value: Record<string, unknown>;
  troubles: CoverTrouble[];
  /** keys that are no items of a 送付票 */
  unknown: { key: string; row?: number }[];
  /** facts that only the desk derives */
  derived: string[];
}

/** Who and where: the items that are no facts. */
const IDENTITY: ReadonlyMap<string, { label: string; check: (value: unknown) => Checked }> = new Map([
  ['city', { label: '市', check: checkCity }],
  [
    'office_number',
    { label: '事業所番号', check: (v) => checkPattern(v, /^[0-9]{2}[0-9A-Z][0-9]{7}$/, '10桁の番号を') },
  ],
  [
    'center_number',
    {
      label: '地域包括支援センターの番号',
      check: (v) => checkPattern(v, /^[0-9]{2}[0-9A-Z][0-9]{7}$/, '10桁の番号を'),
    },
  ],
  ['insurer_number', { label: '保険者番号', check: (v) => checkPattern(v, /^[0-9]{6}$/, '6桁の番号を') }],
  [
    'insured_number',
    {
      label: '被保険者番号',
      check: (v) => checkPattern(v, /^[0-9H][0-9]{9}$/, '10桁の番号（Hで始まる番号も使えます）を'),
    },
  ],
  ['name', { label: '氏名', check: checkText }],
  ['birth_date', { label: '生年月日', check: (v) => checkFact('dates.today', v) }],
  ['sex', { label: '性別', check: (v) => checkPattern(v, /^[男女]$/, '「男」か「女」を') }],
  ['address', { label: '住所', check: checkText }],
  ['area', { label: '圏域', check: checkText }],
]);

/** What a clerk reads for an item of the 送付票. */
export const coverLabel = (key: string): string => IDENTITY.get(key)?.label ?? factLabel(key);

/** The check of an item that names who or where; undefined for others. */
export const identityCheck = (key: string): ((value: unknown) => Checked) | undefined =>
  IDENTITY.get(key)?.check;

export const IDENTITY_KEYS = [...IDENTITY.keys()];

/** Facts whose members are facts of their own. */
const GROUPS = ['dates', 'flags', 'notification'];

/**
 * Checks every item of a parsed packet.json against the list of items, and its value against what may be written there.
 * An item that cannot be used is left out and reported; the others count. `raw` is an object without a deep nesting.
 */
export function checkCover(raw: Record<string, unknown>, text: string): CheckedCover {
  const lines = new Map<string, number>();
  const checked: CheckedCover = { value: {}, troubles: [], unknown: [], derived: [] };
  const { troubles, unknown } = checked;
  for (const { path, line } of jsonKeys(text)) {
    const place = path.join('.');
    if (lines.has(place) && isOnce(path)) troubles.push(writtenTwice(place, line));
    const member = path.at(-1)!;
    const possible = path.length > 1 ? memberNames(path.slice(0, -1).join('.')) : null;
    if (possible && !possible.includes(member) && !lines.has(place)) unknown.push({ key: place, row: line });
    lines.set(place, line);
  }
  const placed = (path: string): { row?: number } => {
    const row = lines.get(path);
    return row === undefined ? {} : { row };
  };
  const read = (path: string, value: unknown, put: (value: unknown) => void): void => {
    const identity = IDENTITY.get(path);
    if (value === null || value === undefined) return;
    if (!identity && !isFactPath(path)) unknown.push({ key: path, ...placed(path) });
    else if (!identity && isDerivedFact(path)) checked.derived.push(path);
    else {
      const { label, check } = identity ?? {
        label: factLabel(path),
        check: (v: unknown) => checkFact(path, v),
      };
      const result = check(value);
      if ('expected' in result)
        troubles.push({
          label: result.part ? `${label}（${result.part}）` : label,
          written: written(result.written ?? value),
          expected: result.expected,
          ...placed(path),
        });
      else put(result.value);
    }
  };
  for (const [key, value] of Object.entries(raw)) {
    if (!GROUPS.includes(key) || !isRecord(value)) {
      if (GROUPS.includes(key) && value !== null)
        troubles.push({
          label: GROUP_LABELS[key]!,
          written: written(value),
          expected: '中の項目を名前ごとに',
          ...placed(key),
        });
      else read(key, value, (v) => Object.assign(checked.value, { [key]: v }));
      continue;
    }
    const members: [string, unknown][] = [];
    for (const [member, v] of Object.entries(value))
      read(`${key}.${member}`, v, (w) => members.push([member, w]));
    checked.value[key] = Object.fromEntries(members);
  }
  return checked;
}

const GROUP_LABELS: Record<string, string> = {
  dates: '日付の項目',
  flags: 'そのほかの事情の項目',
  notification: '届出書の項目',
};

/** An item, or a member of a group, may be written once; the members of a list repeat. */
const isOnce = ([group = '', ...rest]: string[]): boolean =>
  rest.length === 0 || (rest.length === 1 && (GROUPS.includes(group) || group === 'checklist_answers'));

const writtenTwice = (path: string, row: number): CoverTrouble => ({
  label: IDENTITY.get(path)?.label ?? printableShort(factLabel(path)),
  written: '同じ項目を二度',
  expected: '一度だけ',
  row,
});

const written = (value: unknown): string =>
  printableShort(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function checkCity(value: unknown): Checked {
  const key = typeof value === 'string' ? cityKey(value) : undefined;
  return key ? fits(key) : unfit(`${Object.values(cityNames()).join('、')}のどれかを`);
}
