import { cityKeys } from '../profiles/cities.ts';
import { type Condition, testsOf } from '../rules/conditions.ts';
import { conditionsOf, factsReadBy } from '../rules/facts-read.ts';
import { loadProfile } from '../rules/profile.ts';
import { EVENT_NAMES } from '../vocabulary/event-names.ts';
import { factLabel, factPaths, isDerivedFact } from '../vocabulary/fact-labels.ts';
import { type FactShape, factShape } from '../vocabulary/fact-shapes.ts';
import { word } from './describe-condition.ts';
import { GENERATED, page, table } from './markdown.ts';

/** docs/facts.md: the fact vocabulary for the officers who write rules and for the offices that write a 送付票. */
export function writeFacts(): string {
  const rules = ['national', ...cityKeys()].flatMap((key) => loadProfile(key).rules);
  const values = valuesIn(rules.flatMap(conditionsOf));
  const readers = (path: string): string => {
    const ids = [...new Set(rules.filter((r) => factsReadBy(r).includes(path)).map((r) => r.id))];
    return ids.length > 5 ? `${ids.slice(0, 4).join('、')} ほか${ids.length - 4}` : ids.join('、') || '—';
  };
  const row = (path: string): string[] => [
    `\`${path}\``,
    factLabel(path),
    shapeOf(path),
    [...(values.get(path) ?? [])].map(valueText).join('、') || '—',
    readers(path),
  ];
  const HEAD = ['名前', '意味', '形', '規則に出てくる値', '読む規則'];
  const paths = factPaths();
  const given = paths.filter((p) => !isDerivedFact(p));
  const group = (prefix: string): string[][] => given.filter((p) => p.startsWith(prefix)).map(row);
  return page(
    '# 事実の語彙',
    GENERATED,
    '規則（`profiles/`）の条件、送付票（`packet.json`）、判断例（`test/cases/`）、`uketsuke decide` の入力は、同じ名前の事実を使います。日付は `2024-05-10`、月は `2024-05` と書きます。書かれていない事実は「分からない」で、ないことにはなりません。分からない事実を待つ規則は、指摘をせず説明に「分かれば判断が変わりうること」として出ます。',
    '書類から読めた事実は送付票の記載に勝ち、違っていれば確認に回ります。登録簿の事実は、提出者の記載に勝ちます。送付票だけの事実は「仮定」として説明に出ます。',
    '## 利用者・サービス・事業所',
    table(HEAD, given.filter((p) => !/^(dates|flags|notification)\b/.test(p)).map(row)),
    '## 届出書（notification）',
    table(HEAD, group('notification')),
    '## 日付（dates）',
    table(HEAD, group('dates.')),
    '## そのほかの事情（flags）',
    table(HEAD, group('flags.')),
    '## ほかの事実から決まる事実',
    '送付票や判断例には書きません。規則の条件で読めます。',
    table(HEAD, paths.filter(isDerivedFact).map(row)),
    '市の設定は `config.名前` で読めます（[scope.md](scope.md) の「市の設定の一覧」）。日付の比較には、サービス提供月の初日 `month_start` と末日 `month_end` が使えます。',
    '## 提出の理由（event）',
    table(
      ['値', '意味'],
      Object.entries(EVENT_NAMES).map(([key, name]) => [`\`${key}\``, name]),
    ),
  );
}

/** A value as it is written, with its meaning where the code does not say it. */
const valueText = (value: string): string =>
  word(value) === value ? `\`${value}\`` : `\`${value}\`（${word(value).replace(/^「(.*)」$/, '$1')}）`;

/** Values the conditions name for each fact. */
function valuesIn(conditions: Condition[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  const add = (path: string, found: unknown[]): void => {
    const known = values.get(path) ?? new Set();
    for (const value of found) known.add(String(value));
    values.set(path, known);
  };
  const read = (condition: Condition): void => {
    for (const [path, test] of testsOf(condition)) {
      if (path === 'any') for (const part of test as Condition[]) read(part);
      else if (path === 'event') continue;
      else if (typeof test !== 'object') add(path, [test]);
      else if (Array.isArray(test)) add(path, test);
      else {
        const { is, not, includes, includes_any, lacks } = test as Record<string, unknown>;
        add(path, [is ?? [], not ?? [], includes ?? [], includes_any ?? [], lacks ?? []].flat());
      }
    }
  };
  for (const condition of conditions) read(condition);
  return values;
}

/** What a clerk writes for a fact. */
const SHAPES: Record<FactShape, string> = {
  date: '日付',
  month: '月',
  yes_no: 'はい（true）／いいえ（false）',
  number: '数',
  text: '値',
  texts: '一覧',
  word: '値',
  words: '一覧',
  open_words: '一覧',
  services: '一覧（名称 name、種類 class、コード code）',
  contracts: '一覧（契約ごとの当事者）',
  contract_papers: '一覧（当事者 parties、期間 from・to、契約日 date、利用者の署名 signed）',
  history:
    '一覧（月 month、区分 category（利用のない月は none）、事業所の番号 office_number か同じ事業所か same_office、認定 certification、請求した加算 addons、届出 notification、契約 contracts、モニタリング monitoring）',
  notifications:
    '一覧（名称 form、新規・変更 kind、提出先 to、担当 responsible、受託 entrusted、添付 attachments、署名 signed、届出日 date、適用日 effective_from）',
  monitoring: '一覧（月 month、訪問 visit、テレビ電話 video、電話等 phone、記録 record）',
  answers: '問の番号 → 1 当たる / 0 当たらない',
  cases: '一覧（利用者 user、圏域 area、区分 category）',
  group: '届出書の有無',
};

const DERIVED_SHAPES: Record<string, string> = { services: '一覧（種類）', expected_units: '数' };

const shapeOf = (path: string): string =>
  isDerivedFact(path) ? (DERIVED_SHAPES[path] ?? '値') : SHAPES[factShape(path)];
