import { isIsoDate } from '../calendar/wareki.ts';
import { foldWidth } from '../text/normalise.ts';
import { hasControl } from '../text/printable.ts';
import { type FactShape, factShape } from '../vocabulary/fact-shapes.ts';
import { keyOfWord, wordsOfFact } from '../vocabulary/words-of-fact.ts';

/** A value as it counts, or what may be written in its place. */
export type Checked = { value: unknown } | { expected: string; written?: unknown; part?: string };

export const fits = (value: unknown): Checked => ({ value });
/** @param expected the end of a sentence: 「はい」か「いいえ」を */
export const unfit = (expected: string): Checked => ({ expected });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the value of a fact of the vocabulary against its shape and its words. */
export const checkFact = (path: string, value: unknown): Checked => CHECKS[factShape(path)](value, path);

/** More entries than any list of a month has. */
const MOST_ENTRIES = 256;
const LONGEST_TEXT = 500;

const CHECKS: Record<FactShape, (value: unknown, path: string) => Checked> = {
  date: (value) =>
    typeof value === 'string' && isIsoDate(value.trim())
      ? fits(value.trim())
      : unfit('暦にある日付を「2024-05-10」の形で'),
  month: (value) =>
    typeof value === 'string' && isIsoDate(`${value.trim()}-01`)
      ? fits(value.trim())
      : unfit('年と月を「2024-05」の形で'),
  yes_no: (value) => {
    if (typeof value === 'boolean') return fits(value);
    return value === 'はい' ? fits(true) : value === 'いいえ' ? fits(false) : unfit('「はい」か「いいえ」を');
  },
  number: (value) =>
    typeof value === 'number' && value >= 0 && value <= 1e9 ? fits(value) : unfit('0以上の数を'),
  text: checkText,
  texts: (value) => eachOf(value, (one) => CHECKS.text(one, '')),
  word: (value, path) => checkWord(path, value),
  words: (value, path) => eachOf(value, (one) => checkWord(path, one)),
  open_words: (value, path) => eachOf(value, (one) => checkOpenWord(path, one)),
  contracts: (value) => eachOf(value, (parties) => eachOf(parties, (one) => checkWord('contracts', one))),
  contract_papers: (value) => eachOf(value, (one) => membersOf(one, CONTRACT)),
  services: (value) => eachOf(value, checkService),
  history: (value) => eachOf(value, (one) => withMonth(one, HISTORY)),
  monitoring: (value) => eachOf(value, (one) => withMonth(one, MONTH)),
  notifications: (value) => eachOf(value, (one) => membersOf(one, NOTIFICATION)),
  answers: checkAnswers,
  cases: (value) => eachOf(value, (one) => membersOf(one, CASE)),
  group: () => unfit('中の項目を名前ごとに'),
};

/** A text of one line: what acts on a terminal or hides would travel into messages and letters. */
export function checkText(value: unknown): Checked {
  return typeof value === 'string' && value.length <= LONGEST_TEXT && !hasControl(value)
    ? fits(value)
    : unfit(`${LONGEST_TEXT}字までの一行の文字を`);
}

function checkWord(path: string, value: unknown): Checked {
  const key = typeof value === 'string' ? keyOfWord(path, value) : null;
  if (key !== null) return fits(key);
  return {
    expected: `${wordsOfFact(path)
      .map(({ name }) => name)
      .join('、')}のどれかを`,
    written: value,
  };
}

/** A word that the list does not have counts as it is written, where it is a plain name. */
function checkOpenWord(path: string, value: unknown): Checked {
  const word = checkWord(path, value);
  const isName = typeof value === 'string' && /^[\p{L}\p{N}（）()・･ーⅠ-Ⅻ ]{1,60}$/u.test(value);
  return 'expected' in word && isName ? fits(value) : word;
}

/** Every entry of a list; the first that does not fit is reported. */
function eachOf(value: unknown, check: (one: unknown) => Checked): Checked {
  if (!Array.isArray(value) || value.length > MOST_ENTRIES) return unfit(`${MOST_ENTRIES}件までの一覧を`);
  const values: unknown[] = [];
  for (const one of value) {
    const checked = check(one);
    if ('expected' in checked) return { written: one, ...checked };
    values.push(checked.value);
  }
  return fits(values);
}

/** The members of an entry of a list, those not listed left out. */
function membersOf(value: unknown, shapes: Member[]): Checked {
  if (!isRecord(value)) return unfit('名前の付いた項目を');
  const members: [string, unknown][] = [];
  for (const [member, label, check] of shapes) {
    const given = Object.hasOwn(value, member) ? value[member] : undefined;
    if (given === null || given === undefined) continue;
    const checked = check(given);
    if ('expected' in checked) return { written: given, ...checked, part: label };
    members.push([member, checked.value]);
  }
  return fits(Object.fromEntries(members));
}

type Member = [name: string, label: string, check: (value: unknown) => Checked];

const SERVICE: Member[] = [
  ['name', 'サービスの名称', (v) => CHECKS.text(v, '')],
  ['class', 'サービスの種類', (v) => checkWord('service_class', v)],
  ['code', 'サービスコード', (v) => checkPattern(v, /^[0-9A-Z]{2,6}$/, 'サービスコードを')],
  ['office', '提供する事業所の番号', checkOfficeNumber],
];

const SEEN: Member[] = [
  ['visit', '訪問', (v) => CHECKS.yes_no(v, '')],
  ['video', 'テレビ電話', (v) => CHECKS.yes_no(v, '')],
  ['phone', '電話等', (v) => CHECKS.yes_no(v, '')],
  ['contact', '連絡', (v) => CHECKS.yes_no(v, '')],
  ['record', '記録', (v) => CHECKS.yes_no(v, '')],
  ['provider_report', '事業所からの報告', (v) => CHECKS.yes_no(v, '')],
  ['met_at_provider', '事業所での面接', (v) => CHECKS.yes_no(v, '')],
];

const MONTH: Member[] = [['month', '月', (v) => CHECKS.month(v, '')], ...SEEN];

const FILED: Member[] = [
  ['kind', '届出の新規・変更の別', (v) => checkWord('notification.kind', v)],
  ['to', '届出の提出先', (v) => checkWord('notification.to', v)],
  ['date', '届出日', (v) => CHECKS.date(v, '')],
  ['effective_from', '届出の適用日', (v) => CHECKS.date(v, '')],
];

const NOTIFICATION: Member[] = [
  ['form', '届出書の名称', (v) => CHECKS.text(v, '')],
  ...FILED,
  ['responsible', '担当事業所', (v) => checkWord('notification.responsible', v)],
  ['entrusted', '受託事業所', (v) => checkWord('notification.entrusted', v)],
  ['attachments', '届出の添付', (v) => CHECKS.words(v, 'notification.attachments')],
  ['signed', '届出書の署名', (v) => CHECKS.yes_no(v, '')],
];

const CONTRACT: Member[] = [
  ['parties', '契約の当事者', (v) => eachOf(v, (one) => checkWord('contracts', one))],
  ['from', '契約期間の始め', (v) => CHECKS.date(v, '')],
  ['to', '契約期間の終わり', (v) => CHECKS.date(v, '')],
  ['date', '契約日', (v) => CHECKS.date(v, '')],
  ['signed', '契約書の署名', (v) => CHECKS.yes_no(v, '')],
];

const HISTORY: Member[] = [
  ['month', '月', (v) => CHECKS.month(v, '')],
  ['category', '区分', (v) => checkWord('history.category', v)],
  ['office_number', '事業所番号', checkOfficeNumber],
  ['same_office', '同じ事業所か', (v) => CHECKS.yes_no(v, '')],
  ['used', '利用', (v) => CHECKS.yes_no(v, '')],
  ['certification', '認定', (v) => checkWord('certification', v)],
  ['addons', '請求した加算', (v) => CHECKS.words(v, 'addons_claimed')],
  ['notification', '届出', (v) => membersOf(v, FILED)],
  ['contracts', '契約の当事者', (v) => CHECKS.contracts(v, '')],
  ['monitoring', 'モニタリング', (v) => membersOf(v, SEEN)],
];

const CASE: Member[] = [
  ['user', '利用者', (v) => CHECKS.text(v, '')],
  ['area', '圏域', (v) => CHECKS.text(v, '')],
  ['category', '区分', (v) => checkWord('previous_category', v)],
];

function checkOfficeNumber(value: unknown): Checked {
  return checkPattern(value, /^[0-9]{2}[0-9A-Z][0-9]{7}$/, '10桁の番号を');
}

/** Members that the entries of a fact may have, or a member of them (`history.notification`); null without entries. */
export function memberNames(path: string): string[] | null {
  const members = NESTED.get(path) ?? MEMBERS[factShape(path)];
  return members?.map(([name]) => name) ?? null;
}

/** The first member, at any depth of a value, that its place does not have, with those it has; null without one. */
export function unknownMember(path: string, value: unknown): { member: string; possible: string[] } | null {
  if (Array.isArray(value)) return firstOf(value, (one) => unknownMember(path, one));
  if (!isRecord(value)) return null;
  const possible = memberNames(path);
  return firstOf(Object.entries(value), ([member, inner]) =>
    possible && !possible.includes(member) ? { member, possible } : unknownMember(`${path}.${member}`, inner),
  );
}

function firstOf<One, Found>(all: One[], find: (one: One) => Found | null): Found | null {
  for (const one of all) {
    const found = find(one);
    if (found) return found;
  }
  return null;
}

const NESTED = new Map([
  ['history.notification', FILED],
  ['history.monitoring', SEEN],
]);

const MEMBERS: Partial<Record<FactShape, Member[]>> = {
  services: SERVICE,
  history: HISTORY,
  contract_papers: CONTRACT,
  notifications: NOTIFICATION,
  monitoring: MONTH,
  cases: CASE,
};

function checkService(value: unknown): Checked {
  const checked = membersOf(value, SERVICE);
  if ('expected' in checked) return checked;
  return (checked.value as { name?: string }).name === undefined
    ? { ...unfit('サービスの名称を'), written: value }
    : checked;
}

/** An entry of a list by month: it is of no use without its month. */
function withMonth(value: unknown, shapes: Member[]): Checked {
  const checked = membersOf(value, shapes);
  if ('expected' in checked) return checked;
  return (checked.value as { month?: string }).month === undefined
    ? { ...CHECKS.month(undefined, ''), written: value, part: '月' }
    : checked;
}

function checkAnswers(value: unknown): Checked {
  if (!isRecord(value)) return unfit('問の番号ごとに1（当たる）か0（当たらない）を');
  const answers: [string, number][] = [];
  for (const [number, answer] of Object.entries(value)) {
    if (!/^(?:[1-9]|1[0-9]|2[0-5])$/.test(number) || (answer !== 0 && answer !== 1))
      return {
        expected: '問の番号（1から25）ごとに1（当たる）か0（当たらない）を',
        written: { [number]: answer },
      };
    answers.push([number, answer]);
  }
  return fits(Object.fromEntries(answers));
}

/** A text in any width that has this shape. */
export function checkPattern(value: unknown, shape: RegExp, expected: string): Checked {
  const folded = typeof value === 'string' ? foldWidth(value).trim() : '';
  return shape.test(folded) ? fits(folded) : unfit(expected);
}
