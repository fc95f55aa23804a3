import { type Edition, editionOn } from '../rules/profile.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import {
  askedOf,
  bodyName,
  cite,
  detailsOf,
  type GuideOptions,
  of,
  rulesOf,
  whenText,
} from './guide-rules.ts';

/** What an office of a city hands in: the rules the desk checks with, as a list to tick. */
export interface GuideChecklist {
  city: string;
  name: string;
  edition: string;
  /** true: the edition may still change */
  provisional: boolean;
  sections: { title: string; items: GuideItem[] }[];
}

interface GuideItem {
  what: string;
  when: string;
  detail: string | null;
  cited: string[];
}

/** The checklist of a city, of one event or of all. Sections without an item are left out. */
export function guideChecklist(city: string, options: GuideOptions = {}): GuideChecklist {
  const edition = editionOn(city, options.month, options.profiles);
  const rules = rulesOf(edition, options.event);
  const plain = (templates: Parameters<typeof of>[1][]): GuideItem[] =>
    rules
      .filter(({ template }) => templates.includes(template))
      .map((rule) => ({ what: rule.summary, when: whenText(rule), detail: null, cited: [cite(rule)] }));
  const sections = [
    { title: '出す書類', items: documentItems(rules) },
    { title: '届出', items: notificationItems(rules, edition) },
    { title: '契約', items: plain(['contract']) },
    { title: '期限', items: plain(['deadline']) },
    { title: '提出方法などの決まり', items: plain(['requirement', 'alert']) },
    { title: 'モニタリング', items: plain(['monitoring']) },
  ];
  return {
    city,
    name: edition.name,
    edition: edition.id,
    provisional: edition.provisional,
    sections: sections
      .map(({ title, items }) => ({ title, items: onceEach(items) }))
      .filter(({ items }) => items.length > 0),
  };
}

type Rules = ReturnType<typeof rulesOf>;

const documentItems = (rules: Rules): GuideItem[] =>
  rules.flatMap((rule) => {
    return [
      ...askedOf(rule).map(({ document, insufficient, optional }) => ({
        what: `${documentTitle(document)}${optional ? '（任意）' : ''}`,
        when: whenText(rule),
        detail: insufficient ? `${documentTitle(insufficient.document)}では代えられません` : null,
        cited: [cite(rule)],
      })),
      ...rule.lists_documents.map((document) => ({
        what: documentTitle(document),
        when: whenText(rule),
        detail: null,
        cited: [cite(rule)],
      })),
    ];
  });

const notificationItems = (rules: Rules, edition: Edition): GuideItem[] =>
  of(rules, 'notification').map((rule) => ({
    what: rule.summary,
    when: whenText(rule),
    detail: [rule.addressee && `提出先＝${bodyName(edition, rule.addressee)}`, ...detailsOf(rule, edition)]
      .filter(Boolean)
      .join('、'),
    cited: [cite(rule)],
  }));

/** One item for the same thing in the same case, with every rule that asks for it. */
function onceEach(items: GuideItem[]): GuideItem[] {
  const merged = new Map<string, GuideItem>();
  for (const item of items) {
    const key = JSON.stringify([item.what, item.when, item.detail]);
    const cited = [...(merged.get(key)?.cited ?? []), ...item.cited];
    merged.set(key, { ...item, cited: [...new Set(cited)] });
  }
  return [...merged.values()];
}
