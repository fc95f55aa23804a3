import { FIELDS } from '../documents/document.ts';
import { FACT_USES } from '../facts/compare/fact-uses.ts';
import { type FieldUse, fieldUses } from '../facts/compare/field-uses.ts';
import { factLabel, factPaths, isDerivedFact } from '../vocabulary/fact-labels.ts';
import { GENERATED, page, table } from './markdown.ts';

/** docs/fact-sources.md: where each fact comes from, and where its sources are compared. */
export const writeFactSources = (): string =>
  page(
    '# 事実の出どころと突き合わせ',
    GENERATED,
    '二つの出どころが食い違えば、どちらで審査したかにかかわらず `F_FACT_CONFLICT` で両方の場所を知らせます。文字の違い（髙と高、全角と半角、空白、和暦と西暦）は食い違いではありません。画像から読み取った値（OCR）だけでは食い違いとせず、確かめるように求めます。',
    '食い違いを突き合わせないまま出どころを増やすと、`test/shared/facts/compare/` が失敗します。',
    '## 事実ごとの出どころ',
    '「突き合わせ」の○は、`shared/facts/compare/compare-sources.ts` がすべての出どころを突き合わせることを表します。',
    table(['名前', '意味', '書類の項目', '送付票', '登録簿', '受付の記録', '突き合わせ'], factRows()),
    '## 書類の項目ごとの扱い',
    '同じ項目がいくつもの書類にあるときの扱いです。',
    table(
      ['項目', '意味', '扱い'],
      fieldUses().map(([field, use]) => [`\`${field}\``, FIELDS[field], useText(use)]),
    ),
  );

function factRows(): string[][] {
  const identity = Object.keys(FACT_USES).filter((path) => !factPaths().includes(path));
  const given = factPaths().filter((path) => !isDerivedFact(path));
  return [...identity, ...given].map((path) => {
    const use = FACT_USES[path];
    const sources = use?.sources ?? [];
    const has = (source: (typeof sources)[number]): string => (sources.includes(source) ? '○' : '—');
    return [
      `\`${path}\``,
      use?.label ?? factLabel(path),
      fieldsOf(path) || has('documents'),
      COVER_SILENT.has(path) ? '—' : '○',
      has('registry'),
      has('records'),
      use ? (use.exempt ?? '○') : '出どころは送付票だけ',
    ];
  });
}

/** Read from documents alone: the 送付票 has no place for them. */
const COVER_SILENT = new Set([
  'commissioned',
  'plan_division',
  'plan_first_created',
  'cert_status',
  'cert_decided',
  'checklist_result',
  'name_kana',
  'postal_code',
]);

const fieldsOf = (path: string): string =>
  fieldUses()
    .filter(([, use]) => pathOf(use) === path)
    .map(([field]) => `\`${field}\``)
    .join('、');

const pathOf = (use: FieldUse): string | undefined =>
  'one' in use ? use.one : 'newest' in use ? use.newest : 'with' in use ? use.with : undefined;

function useText(use: FieldUse): string {
  if ('several' in use) return `突き合わせない（${use.several}）`;
  if ('with' in use) return `\`${use.at}\` で突き合わせる`;
  const occasion = use.occasion ? `。${FIELDS[use.occasion]}が違う書類は別の機会のものとする` : '';
  if ('newest' in use) return `新しいものによる。同じ様式の書類が違えば知らせる${occasion}`;
  return `一致を求める${occasion}`;
}
