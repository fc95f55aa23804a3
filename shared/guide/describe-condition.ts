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

/** A condition of a profile in words, for people who do not read YAML. */
export function describeCondition(condition: Condition | undefined): string {
  const parts = Object.entries(condition ?? {}).map(([path, test]) => {
    if (path === 'any') {
      const alternatives = (test as Condition[]).map(describeCondition);
      return alternatives.length > 1 ? `（${alternatives.join('、または')}）` : alternatives.join('');
    }
    return describeTest(path, test as Test);
  });
  return parts.join('、かつ');
}

function describeTest(path: string, test: Test): string {
  const label = factLabel(path);
  if (path === 'event' && (typeof test === 'string' || Array.isArray(test))) {
    return [test]
      .flat()
      .map((e) => eventLabel(String(e)))
      .join('・');
  }
  if (path === 'is_switch') return test === true ? '区分が変わった月' : '区分が変わらない月';
  if (path === 'category_kind' && (typeof test === 'string' || Array.isArray(test))) {
    return `${[test].flat().map(word).join('・')}の月`;
  }
  if (path === 'category' && Array.isArray(test) && test.length > CATEGORIES.length / 2) {
    const others = CATEGORIES.filter((c) => !test.includes(c) && c !== 'not_permitted');
    return `${label}が${others.map(word).join('・')}のほか`;
  }
  if (typeof test === 'boolean') return test ? `${label}が「はい」` : `${label}が「いいえ」`;
  if (typeof test !== 'object') return `${label}が${word(test)}`;
  if (Array.isArray(test)) return `${label}が${test.map(word).join('・')}`;
  const list = (values: unknown[]): string => values.map(word).join('・');
  const parts = [
    test.is !== undefined && `「${word(test.is)}」`,
    test.not && `${list(test.not)}でない`,
    test.includes && `${list(test.includes)}を含む`,
    test.includes_any && `${list(test.includes_any)}のどれかを含む`,
    test.lacks && `${list(test.lacks)}を含まない`,
    test.has_contract && `${list(test.has_contract)}の契約を含む`,
    test.empty !== undefined && (test.empty ? '空' : '空でない'),
    test.at_least !== undefined && `${test.at_least}以上`,
    test.before && `${refName(test.before)}より前`,
    test.on_or_after && `${refName(test.on_or_after)}以後`,
    test.on_or_before && `${refName(test.on_or_before)}以前`,
    test.same_as && `${factLabel(test.same_as)}と同じ`,
    test.months_before && `${factLabel(test.months_before.fact)}より${test.months_before.months}か月以上前`,
    test.some_month && `${describeMonths(test.some_month)}を含む`,
    test.no_month && `${describeMonths(test.no_month)}を含まないと分かる`,
    test.known !== undefined && (test.known ? '分かっている' : '分からない'),
  ].filter(Boolean);
  return `${label}が${parts.join('・')}`;
}

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
