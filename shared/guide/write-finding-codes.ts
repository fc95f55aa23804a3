import { FILE_CODES, isFileCode } from '../findings/file-codes.ts';
import type { Severity } from '../findings/finding.ts';
import { FINDING_CODES, type FindingCode } from '../findings/finding-codes.ts';
import { cityKeys } from '../profiles/cities.ts';
import type { Violation } from '../rules/entry-base.ts';
import { loadProfile } from '../rules/profile.ts';
import { loadReturnCodes } from '../rules/return-codes.ts';
import { templateOf } from '../rules/templates/registry.ts';
import { SEVERITY_NAMES } from '../vocabulary/names.ts';
import { GENERATED, page, table } from './markdown.ts';

/** docs/finding-codes.md: every code with its levels, meaning, remedy, the rules that raise it and the 返戻 it prevents. */
export function writeFindingCodes(): string {
  const raised = raisedByRules();
  const codes = Object.keys(FINDING_CODES) as FindingCode[];
  const returns = loadReturnCodes();
  const prevents = (code: FindingCode): string =>
    returns.codes
      .filter((r) => r.prevented_by.includes(code))
      .map((r) => r.code)
      .join('、') || '—';
  const row = (code: FindingCode): string[] => {
    const uses = raised.get(code) ?? [];
    const severities = isFileCode(code)
      ? FILE_CODES[code].severities
      : [...new Set(uses.map((u) => u.violation.severity))];
    const remedy = isFileCode(code) ? FILE_CODES[code].remedy : (uses[0]?.violation.remedy ?? '—');
    const { ja, en } = FINDING_CODES[code];
    return [
      `\`${code}\``,
      levels(severities),
      `${ja}（${en}）`,
      remedy,
      [...new Set(uses.map((u) => u.rule))].join('、') || '—',
      prevents(code),
    ];
  };
  const HEAD = ['コード', '重さ', '意味', '直し方の例', '出す規則', '防ぐ返戻'];
  return page(
    '# 指摘コード',
    GENERATED,
    '不備（error）があれば返戻、注意（warn）か要確認（review）があれば人の確認、お知らせ（info）だけなら受理になります。同じコードでも文は規則ごとに違い、直し方の欄は一例です。',
    '## 規則による指摘',
    table(HEAD, codes.filter((c) => !isFileCode(c)).map(row)),
    '## ファイルと読み取りについての指摘',
    '根拠となる規則のない、受け付けたファイルそのものについての指摘です。',
    table(
      HEAD.filter((h) => h !== '出す規則'),
      codes.filter(isFileCode).map((c) => row(c).filter((_, i) => i !== 4)),
    ),
    '## 国保連の返戻コードとの対応',
    `名称は「[${returns.source.title}](${returns.source.url})」によります。どの指摘が防ぐかは受付の推論で、資料の記載ではありません。介護予防支援だけの返戻コードは見つかっていません。`,
    table(
      ['返戻コード', '名称', '前もって防ぐ指摘', '理由'],
      returns.codes.map((r) => [r.code, r.name, r.prevented_by.map((c) => `\`${c}\``).join('、'), r.why]),
    ),
  );
}

const ORDER: Severity[] = ['error', 'warn', 'review', 'info'];
const levels = (severities: Severity[]): string =>
  ORDER.filter((s) => severities.includes(s))
    .map((s) => `${SEVERITY_NAMES[s]}（${s}）`)
    .join('・') || '—';

interface Use {
  rule: string;
  violation: Pick<Violation, 'severity' | 'remedy'>;
}

/** The violations each rule of each profile may raise, in the order of the profiles. */
function raisedByRules(): Map<FindingCode, Use[]> {
  const uses = new Map<FindingCode, Use[]>();
  for (const rule of ['national', ...cityKeys()].flatMap((key) => loadProfile(key).rules))
    for (const raised of templateOf(rule).raises(rule))
      for (const violation of [raised, ...(raised.for_office ? [{ ...raised, ...raised.for_office }] : [])])
        uses.set(violation.code, [...(uses.get(violation.code) ?? []), { rule: rule.id, violation }]);
  return uses;
}
