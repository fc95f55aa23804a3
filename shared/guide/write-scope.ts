import { cityKeys, cityName } from '../profiles/cities.ts';
import type { RuleEntry } from '../rules/entry.ts';
import { loadOpenQuestions } from '../rules/open-questions.ts';
import { loadProfile } from '../rules/profile.ts';
import { GENERATED, page, table } from './markdown.ts';

/** docs/scope.md: what the desk does not decide, what it asks a person, and what the sources leave open. */
export function writeScope(): string {
  const cities = cityKeys().map((key) => loadProfile(key));
  const every = cities.flatMap((c) => c.rules);
  const titles = new Map(cities.flatMap((c) => c.rules.map((r) => [r, c] as const)));
  const cite = (rule: RuleEntry): string => {
    const city = titles.get(rule)!;
    return `${cityName(city.city)} ${(rule.source ? city.sources[rule.source]?.title : '') ?? ''}${rule.place}`;
  };
  return page(
    '# この受付が決めないこと',
    GENERATED,
    'この受付は、提出された書類と登録簿から分かることだけを決めます。書類に現れないこと、人の判断が要ること、資料が定めていないことは、ここに並べたとおり人に渡します。',
    '次のことはどの市でも行いません。',
    [
      '- 計画の内容のよしあし、目標の妥当性、サービスの必要性の判断',
      '- 書類の真正（署名・押印・原本であること）の証明。あるかどうかだけを見ます',
      '- 認定・指定・契約の事実そのものの確認。登録簿と書類に書かれたとおりに扱い、食い違えば人に渡します',
      '- 国保連への請求と給付管理票の送信。請求の前に書類を見るだけです',
      `- 委託料の額の決定と支払い。${shareInWords(every)}は目安で、請求単位数にはしません`,
      '- 個人番号（マイナンバー）の取扱い。含まれていれば受け付けません',
    ],
    '## 対象外の規則とその理由',
    table(
      ['規則', '市と場所', '内容', '理由'],
      every.flatMap((r) => (r.template === 'out' ? [[r.id, cite(r), r.summary, r.reason]] : [])),
    ),
    '## 人が決める規則（審査する人のチェックリスト）',
    '審査の画面と `check --explain` に、同じ文で出ます。「併」は、受付が決めるうえに人も確かめる規則です。',
    table(
      ['規則', '市と場所', '人が確かめること', ''],
      every
        .filter((r) => r.checklist)
        .map((r) => [r.id, cite(r), [r.checklist!].flat().join('／'), r.template === 'human' ? '' : '併']),
    ),
    '## 資料が定めていないこと',
    '推し量らず、市の設定にするか、人の確認に回します。市の設定は `profiles/<市>.yaml` の `configuration` にあり、空（null）の間は人が判断します。',
    table(
      ['', '資料のこと', 'この受付では', '規則', '市の設定', '人に回すときの指摘'],
      loadOpenQuestions().map((q) => [
        String(q.no),
        q.asks,
        q.becomes,
        q.rules.join('、') || '—',
        q.configuration.map((c) => `\`${c}\``).join('、') || '—',
        q.findings.map((f) => `\`${f}\``).join('、') || '—',
      ]),
    ),
    '### 市の設定の一覧',
    table(
      ['設定', '何を決めるか', '場所', 'いまの値'],
      cities.flatMap((city) =>
        Object.entries(city.configuration).map(([key, c]) => [
          `\`${city.city}.${key}\``,
          c.summary,
          c.place,
          [c.value ?? []].flat().join('、') || c.by || '未定（人が判断する）',
        ]),
      ),
    ),
  );
}

/** The office's share of commissioned work, where a city states one. */
function shareInWords(rules: RuleEntry[]): string {
  const fees = rules.filter((rule) => rule.template === 'fee');
  const sharing = fees.find((fee) => fee.share !== undefined);
  const paid = fees.find((fee) => fee.units && sharing?.category.some((c) => fee.category.includes(c)));
  if (!sharing?.share || !paid?.units) return '委託料の計算';
  return `${Math.round(paid.units * sharing.share * 10) / 10}単位（${paid.units}単位×${sharing.share}）`;
}
