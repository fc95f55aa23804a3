import type { Condition } from '../rules/conditions.ts';
import { type Edition, editionOn, type Rule } from '../rules/profile.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { eventLabel } from '../vocabulary/labels.ts';
import { describeCondition, describeException } from './describe-condition.ts';
import { settleRule } from './settle-rule.ts';

/**
 * Documents to submit in one city, with deadline and addressee: generated from the very entries the desk checks with, so
 * instructions and checks cannot disagree. Markdown.
 * @param event only this event (key of the fact vocabulary)
 * @param month service month YYYY-MM; the newest edition without it
 */
export function writeGuide(
  city: string,
  options: { event?: string; month?: string; profiles?: string } = {},
): string {
  const edition = editionOn(city, options.month, options.profiles);
  const rules = edition.rules
    .map((r) => settleRule(r, edition))
    .filter((r): r is Rule => r !== null && concernsEvent(r, options.event));
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
    ...billingPart(rules, edition),
    ...rest(rules, '提出方法・区分・経路などの決まり', ['requirement', 'alert']),
    ...rest(rules, 'モニタリング', ['monitoring']),
    ...checklistPart(rules),
    ...openPart(edition),
  ];
  return `${lines.join('\n')}\n`;
}

/** A rule without a condition on the event belongs to every event. */
function concernsEvent(rule: Rule, event: string | undefined): boolean {
  if (!event) return true;
  const events = eventsOf(rule.when);
  return events === null || events.includes(event);
}

function eventsOf(condition: Condition | undefined): string[] | null {
  if (!condition) return null;
  const test = condition.event;
  if (typeof test === 'string' || Array.isArray(test)) return [test].flat().map(String);
  // Alternatives name the events of a rule only when every one of them does.
  const alternatives = condition.any?.map(eventsOf);
  if (alternatives?.every((events) => events !== null)) return alternatives.flat();
  return condition.is_switch === true ? SWITCHING_EVENTS : null;
}

/** Events in whose month the category can differ from the month before. */
const SWITCHING_EVENTS = ['category_switch', 'continuing', 'to_jigyo_taishosha'];

const cite = (rule: Rule): string => `${rule.id}（${rule.citation.title} ${rule.citation.place}）`;
const whenText = (rule: Rule): string => {
  const when = describeCondition(rule.when) || 'いつでも';
  const except = [rule.unless, rule.exempt_by?.when].filter((c) => c !== undefined).map(describeException);
  return except.length > 0 ? `${when}（${except.join('、')}を除く）` : when;
};
type RuleNamed<T extends Rule['template']> = Extract<Rule, { template: T }>;
const of = <T extends Rule['template']>(rules: Rule[], template: T): RuleNamed<T>[] =>
  rules.filter((r): r is RuleNamed<T> => r.template === template);
const section = (title: string, lines: string[]): string[] =>
  lines.length > 0 ? ['', `## ${title}`, '', ...lines] : [];

function documentsPart(rules: Rule[]): string[] {
  const rows = rules.flatMap((rule) => {
    const items = rule.template === 'documents' ? rule.items : [];
    const asked = items.map((item) => {
      const weak = item.insufficient ? `（${documentTitle(item.insufficient.document)}では足りません）` : '';
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
  const name = (key: string | undefined): string => (key ? (edition.names[key] ?? key) : '');
  const rows = of(rules, 'notification').map((rule) => {
    const details = [
      rule.form[0] && `様式「${rule.form[0]}」`,
      rule.kind && `区分「${rule.kind}」`,
      rule.responsible && `担当＝${name(rule.responsible)}`,
      rule.entrusted && `受託＝${name(rule.entrusted)}`,
      rule.attachments.length > 0 && `添付＝${rule.attachments.map(documentTitle).join('・')}`,
      rule.signed && '利用者の署名',
    ].filter(Boolean);
    return `| ${whenText(rule)} | ${name(rule.addressee) || '—'} | ${details.join('、') || rule.summary} | ${cite(rule)} |`;
  });
  return section(
    '届出',
    rows.length > 0 ? ['| どんなとき | 提出先 | 内容 | 根拠 |', '|---|---|---|---|', ...rows] : [],
  );
}

function contractPart(rules: Rule[], edition: Edition): string[] {
  const rows = of(rules, 'contract').map((rule) => `- ${rule.summary}（${whenText(rule)}）── ${cite(rule)}`);
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

function billingPart(rules: Rule[], edition: Edition): string[] {
  const fees = of(rules, 'fee').map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  const payers = of(rules, 'payer').map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  const addons = of(rules, 'addon')
    .filter((rule) => rule.verdict !== 'value' || rule.grade !== 'unconfirmed')
    .map((rule) => `- ${rule.summary}${namedAddons(rule.addons, edition)}── ${cite(rule)}`);
  return [...section('単位数と請求先', [...fees, ...payers]), ...section('加算・減算', addons)];
}

/** The names of add-ons, in brackets; nothing where the entry is about all of them. */
const namedAddons = (addons: string[], { names }: Edition): string =>
  addons.length > 0 ? `（${addons.map((addon) => names[addon] ?? addon).join('・')}）` : '';

function rest(rules: Rule[], title: string, templates: Rule['template'][]): string[] {
  const rows = rules
    .filter((r) => templates.includes(r.template))
    .map((rule) => `- ${rule.summary} ── ${cite(rule)}`);
  return section(title, [...new Set(rows)]);
}

function checklistPart(rules: Rule[]): string[] {
  const rows = rules.filter((r) => r.checklist).map((rule) => `- [ ] ${rule.checklist} ── ${cite(rule)}`);
  return section('審査する人が確かめること', rows);
}

function openPart(edition: Edition): string[] {
  const rows = Object.values(edition.configuration).map((c) => {
    const value = [c.value ?? []].flat().join('、');
    return `- ${c.summary}（${c.place}）：${value || c.by || '未定のため、担当者が判断します'}`;
  });
  return section('資料が定めていないこと（市の設定）', rows);
}
