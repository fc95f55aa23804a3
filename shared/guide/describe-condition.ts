import { bodyNames } from '../profiles/bodies.ts';
import { valueNames } from '../profiles/value-names.ts';
import type { Condition, Test } from '../rules/conditions.ts';
import type { MonthTest } from '../rules/month-conditions.ts';
import { ownValue } from '../text/own-value.ts';
import type { Category } from '../vocabulary/category.ts';
import { documentTitle, isDocumentKind } from '../vocabulary/document-kinds.ts';
import { factLabel } from '../vocabulary/fact-labels.ts';
import { eventLabel } from '../vocabulary/labels.ts';
import { CATEGORY_NAMES, KIND_NAMES } from '../vocabulary/names.ts';
import { phraseOf } from './condition-words.ts';

/** Words of the conditions themselves. */
const WORDS: Record<string, string> = {
  true: 'はい',
  false: 'いいえ',
  month_start: 'サービス提供月の初日',
  month_end: 'サービス提供月の末日',
};

const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[];

/** What a clerk reads for a value of the data. */
export const word = (value: unknown): string => {
  const text = String(value);
  if (isDocumentKind(text)) return `「${documentTitle(text)}」`;
  return ownValue(allNames(), text) ?? text;
};

const allNames = (): Record<string, string> => ({
  ...valueNames(),
  ...bodyNames(),
  ...CATEGORY_NAMES,
  ...KIND_NAMES,
  ...WORDS,
});

/**
 * A condition of a profile in words, for people who do not read YAML: cases that hold together, each a phrase that ends
 * in 月, 人, 場合 or とき. 「区分が変わった月で、包括からの委託の月」.
 */
export function describeCondition(condition: Condition | undefined): string {
  const { any, words, ...tests } = condition ?? {};
  if (words) return words;
  const all = (Object.entries(tests) as [string, Test][]).sort(routeFirst);
  // That a fact is known, or not known to differ, guards the entry against missing facts; beside other tests it tells a
  // reader nothing.
  const telling = all.filter(([, test]) => !isGuard(test));
  const parts = (telling.length > 0 || any ? telling : all).map(([path, test]) => describeTest(path, test));
  if (any && parts.length === 0) return describeChoice(any);
  return [...new Set([...parts, ...(any ? [describeAlternatives(any)] : [])])].join('で、');
}

/** 「直接実施の月で、新規のとき」 reads better than the reverse. */
const routeFirst = ([a]: [string, Test], [b]: [string, Test]): number =>
  Number(b === 'provider_route') - Number(a === 'provider_route');

/** What an entry leaves out: the alternatives one after the other, without 「次のいずれか」. */
export function describeException(condition: Condition): string {
  const { any, words, ...tests } = condition;
  const alone = any && !words && Object.keys(tests).length === 0;
  return alone ? [...new Set(any.map(describeException))].join('、') : describeCondition(condition);
}

/** Alternatives that stand alone: two short ones as a sentence, others as a list. */
function describeChoice(conditions: Condition[]): string {
  const alternatives = [...new Set(conditions.map(describeCondition))];
  const isShort = alternatives.length === 2 && alternatives.every((text) => !text.includes('（①'));
  return isShort ? alternatives.join('、または') : describeAlternatives(conditions);
}

function describeAlternatives(conditions: Condition[]): string {
  const alternatives = [...new Set(conditions.map(describeCondition))];
  if (alternatives.length === 1) return alternatives[0]!;
  return `次のいずれかの場合（${alternatives.map((text, i) => `${CIRCLED[i] ?? `${i + 1}.`}${text}`).join('、')}）`;
}
const CIRCLED = [...'①②③④⑤⑥⑦⑧⑨⑩'];

const isGuard = (test: Test): boolean =>
  !isScalars(test) && ['known', 'is,unknown'].includes(Object.keys(test).join()) && test.unknown !== false;

const isScalars = (test: Test): test is string | number | boolean | (string | number | boolean)[] =>
  typeof test !== 'object' || Array.isArray(test);

function describeTest(path: string, test: Test): string {
  const yesNo = yesOrNo(test);
  if (yesNo !== undefined)
    return `${phraseOf(path, factLabel(path), yesNo)}${path === 'is_switch' ? '月' : '場合'}`;
  if (isScalars(test)) return describeValues(path, [test].flat());
  return describeSpec(path, test);
}

/** Undefined where the test is on another value than yes or no. */
function yesOrNo(test: Test): boolean | undefined {
  if (typeof test === 'boolean') return test;
  if (isScalars(test)) return undefined;
  if (typeof test.is === 'boolean') return test.is;
  return test.includes?.length === 1 && typeof test.includes[0] === 'boolean' ? test.includes[0] : undefined;
}

function describeValues(path: string, values: (string | number | boolean)[]): string {
  const named = values.map(word).join('・');
  if (path === 'event') return `${values.map((e) => eventLabel(String(e))).join('・')}のとき`;
  if (path === 'provider_route') return values.map((v) => ROUTES[String(v)] ?? word(v)).join('・');
  if (path === 'certification') return values[0] === 'none' ? '認定も登録もない人' : `${named}の人`;
  if (path === 'previous_certification') return `前回の認定が${named}の人`;
  if (path === 'previous_category') return `前の月が${named}の場合`;
  if (path === 'certification_state') return `認定が${named}の場合`;
  if (path === 'cm_type') return `ケアマネジメント${named}の場合`;
  if (path === 'category_kind') return `${named}の月`;
  if (path === 'category') return describeCategories(values.map(String));
  return `${factLabel(path)}が${named}の場合`;
}

const ROUTES: Record<string, string> = {
  direct: '直接実施の月',
  itaku: '包括からの委託の月',
  center: '包括が自ら行う月',
};

function describeCategories(values: string[]): string {
  if (values.length <= CATEGORIES.length / 2) return `${values.map(word).join('・')}の月`;
  const others = CATEGORIES.filter((c) => !values.includes(c) && c !== 'not_permitted');
  return `${others.map(word).join('・')}でない月`;
}

type Spec = Exclude<Test, string | number | boolean | unknown[]>;

function describeSpec(path: string, test: Spec): string {
  const label = factLabel(path);
  const list = (values: unknown[]): string => values.map(word).join('・');
  const what = path === 'services' ? 'のサービス' : '';
  const parts = [
    test.is !== undefined && `${label}が${word(test.is)}`,
    test.not &&
      `${path === 'event' ? test.not.map((e) => eventLabel(String(e))).join('・') : list(test.not)}でない`,
    test.includes &&
      `${list(test.includes)}${what}が${path === 'addons_claimed' ? '請求されている' : 'ある'}`,
    test.includes_any && `${list(test.includes_any)}${what}のどれかがある`,
    test.lacks && `${list(test.lacks)}${what}${test.lacks.length > 1 ? 'のどれも' : 'が'}ない`,
    test.has_contract && `${test.has_contract.map(word).join('と')}の契約がある`,
    test.empty !== undefined && `${label}が${test.empty ? 'ない' : 'ある'}`,
    test.at_least !== undefined && `${label}が${test.at_least}以上`,
    test.before && `${label}が${refName(test.before)}より前`,
    test.on_or_after && `${label}が${refName(test.on_or_after)}以後`,
    test.on_or_before && `${label}が${refName(test.on_or_before)}以前`,
    test.same_as && `${label}が${factLabel(test.same_as)}と同じ`,
    test.months_before && `${label}から${test.months_before.months}か月以上たった`,
    test.some && `${somePhrase(label, test.some)}がある`,
    test.some_month && `${describeMonths(test.some_month)}がある`,
    test.no_month && `${describeMonths(test.no_month)}がないと分かる`,
    test.known !== undefined && `${label}が${test.known ? '分かる' : '分からない'}`,
  ].filter(Boolean);
  return parts.map((part) => `${part}${/[あなるいたむ]$/.test(`${part}`) ? '' : 'の'}場合`).join('で、');
}

/** 「テレビ電話で面接した月」 of the log, else the values looked for. */
const somePhrase = (label: string, wanted: NonNullable<Spec['some']>): string =>
  wanted.video === true
    ? 'テレビ電話で面接した月'
    : `${label}に${Object.values(wanted).flat().map(word).join('・')}`;

/** 「前2か月に、介護予防支援（直接）の月」. */
function describeMonths({ within, category, addons, certification, used, same_office }: MonthTest): string {
  const parts = [
    same_office && '同じ事業所の',
    same_office === false && 'ほかの事業所の',
    used === false && '利用のない',
    used && '利用のある',
    category?.map(word).join('・'),
    certification && `認定が${certification.join('・')}の`,
    addons && `${addons.map(word).join('・')}を請求した`,
  ].filter(Boolean);
  return `${within ? `前の${within}か月に、` : ''}${parts.join('')}${category ? 'の月' : '月'}`;
}

const refName = (ref: string): string =>
  WORDS[ref] ? WORDS[ref] : /^\d{4}-/.test(ref) ? ref : factLabel(ref);
