import { type Edition, editionOn, type Rule } from '../rules/profile.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { eventLabel } from '../vocabulary/labels.ts';
import { describeCondition } from './describe-condition.ts';
import {
  askedOf,
  bodyName,
  cite,
  detailsOf,
  type GuideOptions,
  of,
  rulesOf,
  whenSentence,
  whenText,
} from './guide-rules.ts';

/**
 * Documents to submit in one city, with deadline and addressee: generated from the very entries the desk checks with, so
 * instructions and checks cannot disagree. Markdown.
 * @param event only this event (key of the fact vocabulary)
 * @param month service month YYYY-MM; the newest edition without it
 */
export function writeGuide(city: string, options: GuideOptions = {}): string {
  const edition = editionOn(city, options.month, options.profiles);
  const rules = rulesOf(edition, options.event);
  const lines = [
    `# ${edition.name} 提出の手引き${options.event ? `（${eventLabel(options.event)}）` : ''}`,
    '',
    `版: ${edition.id}${options.month ? `（${options.month}のサービス提供分）` : ''}。この手引きは、受付が審査に使う規則と同じデータから作られています。`,
    ...(edition.provisional
      ? ['', '> 仮の版です。案の段階か、市が確かめる前の資料によるため、変わることがあります。']
      : []),
    ...documentsPart(rules),
    ...notificationPart(rules, edition),
    ...contractPart(rules, edition),
    ...deadlinePart(rules),
    ...watchPart(rules),
    ...billingPart(rules, edition),
    ...rest(rules, '提出方法・区分・経路などの決まり', ['requirement', 'alert']),
    ...rest(rules, 'モニタリング', ['monitoring']),
    ...checklistPart(rules),
    ...openPart(edition),
  ];
  return `${lines.join('\n')}\n`;
}

const section = (title: string, lines: string[]): string[] =>
  lines.length > 0 ? ['', `## ${title}`, '', ...lines] : [];

function documentsPart(rules: Rule[]): string[] {
  const rows = rules.flatMap((rule) => {
    const asked = askedOf(rule).map((item) => {
      const weak = item.insufficient
        ? `（${documentTitle(item.insufficient.document)}では代えられません）`
        : '';
      return `${documentTitle(item.document)}${weak}${item.optional ? '（任意）' : ''}`;
    });
    const titles = [...asked, ...rule.lists_documents.map(documentTitle)];
    return titles.map((title) => ({ about: `| ${title} | ${whenText(rule)}`, cited: cite(rule) }));
  });
  return section(
    '出す書類',
    rows.length > 0 ? ['| 書類 | どんなとき | 根拠 |', '|---|---|---|', ...onceEach(rows)] : [],
  );
}

/** One row for a document and a case, with every rule that asks for it. */
function onceEach(rows: { about: string; cited: string }[]): string[] {
  const cited = new Map<string, string[]>();
  for (const row of rows) cited.set(row.about, [...(cited.get(row.about) ?? []), row.cited]);
  return [...cited].map(([about, rules]) => `${about} | ${[...new Set(rules)].join('、')} |`);
}

function notificationPart(rules: Rule[], edition: Edition): string[] {
  const rows = of(rules, 'notification').map(
    (rule) =>
      `| ${whenText(rule)} | ${bodyName(edition, rule.addressee) || '—'} | ${detailsOf(rule, edition).join('、') || rule.summary} | ${cite(rule)} |`,
  );
  return section(
    '届出',
    rows.length > 0 ? ['| どんなとき | 提出先 | 内容 | 根拠 |', '|---|---|---|---|', ...rows] : [],
  );
}

function contractPart(rules: Rule[], edition: Edition): string[] {
  const rows = of(rules, 'contract').map(
    (rule) => `- ${rule.summary}（${whenSentence(rule)}）── ${cite(rule)}`,
  );
  return section(
    '契約',
    rows.map((r) => r.replace('hokatsu_center', edition.names.hokatsu_center ?? '包括')),
  );
}

function deadlinePart(rules: Rule[]): string[] {
  const rows = of(rules, 'deadline').map(
    (rule) =>
      `- ${rule.what}：${rule.summary}${rule.first_day === 'unstated' ? '（起算日の定めがないため、読み方で適否が分かれる日は担当者が判断します）' : ''}── ${cite(rule)}`,
  );
  return section('期限', rows);
}

/** Papers the desk waits for, and reminds the 包括 of. */
function watchPart(rules: Rule[]): string[] {
  const rows = of(rules, 'watch').map(
    (rule) =>
      `- ${rule.what}：${rule.summary}（${whenSentence(rule, `${describeCondition(rule.opens)}の提出の後`)}）── ${cite(rule)}`,
  );
  return section('届かなければ包括に知らせるもの', rows);
}

function billingPart(rules: Rule[], edition: Edition): string[] {
  const fees = of(rules, 'fee').map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  const payers = of(rules, 'payer').map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  const addons = of(rules, 'addon')
    .filter((rule) => rule.verdict !== 'value' || rule.grade !== 'unconfirmed')
    .map((rule) => `- ${rule.summary}${namedAddons(rule, edition)} ── ${cite(rule)}`);
  return [...section('単位数と請求先', [...fees, ...payers]), ...section('加算・減算', addons)];
}

/** The names of add-ons that the sentence of the rule does not say, in brackets; nothing where it is about all of them. */
function namedAddons({ addons, summary }: { addons: string[]; summary: string }, { names }: Edition): string {
  const unsaid = addons.map((addon) => names[addon] ?? addon).filter((name) => !summary.includes(name));
  return unsaid.length > 0 ? `（${unsaid.join('・')}）` : '';
}

function rest(rules: Rule[], title: string, templates: Rule['template'][]): string[] {
  const rows = rules
    .filter((r) => templates.includes(r.template))
    .map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  return section(title, [...new Set(rows)]);
}

function checklistPart(rules: Rule[]): string[] {
  const rows = rules.flatMap((rule) =>
    [rule.checklist ?? []].flat().map((question) => `- [ ] ${question} ── ${cite(rule)}`),
  );
  return section('審査する人が確かめること', rows);
}

function openPart(edition: Edition): string[] {
  const rows = Object.values(edition.configuration).map((c) => {
    const value = [c.value ?? []].flat().join('、');
    return `- ${c.summary}（${c.place}）：${value || c.by || '未定のため、担当者が判断します'}`;
  });
  return section('資料が定めていないこと（市の設定）', rows);
}
