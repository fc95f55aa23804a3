import { decideCase } from '../decision/decide-case.ts';
import { dueDate } from '../rules/days.ts';
import { type Edition, editionOn, type Rule } from '../rules/profile.ts';
import { settled } from '../rules/rule-context.ts';

/** How long a case must be kept, and what says so. */
export interface KeepUntil {
  /** ISO date; null: nothing says when it may go, so it stays */
  keep_until: string | null;
  rule: string | null;
  citation: { title: string; place: string } | null;
}

/** The fact a rule of retention starts from: entered by a person, never inferred. */
const COMPLETED = 'dates.completed';
/** A city whose sources say nothing may set the years itself, in the configuration of its profile. */
const YEARS = 'hozon_nen';

/**
 * The day until which a case must be kept, by the profile of its city: the rules that count from 完結の日
 * (岡山 OKY-R66, 延岡 NOB-R45), evaluated like any other rule; the latest counts where there are several.
 * Without a rule the city's own configuration `hozon_nen`; without that: kept.
 */
export function keepUntil(
  city: string,
  of: { month: string; category: string | null; completed_on: string },
): KeepUntil {
  const nothing: KeepUntil = { keep_until: null, rule: null, citation: null };
  // A packet without a known city: nobody's rule says when it may go.
  if (city.startsWith('_')) return nothing;
  const month = /^\d{4}-\d{2}$/.test(of.month) ? of.month : undefined;
  const edition = editionOn(city, month);
  const rules = edition.rules.filter(isRetention);
  if (rules.length === 0) return configured(edition, of.completed_on) ?? nothing;
  const { deadlines } = decideCase({
    id: 'retention',
    city,
    rules: rules.map((rule) => rule.id),
    given: {
      event: 'retention',
      ...(month && { service_month: month }),
      ...(of.category && { category: of.category }),
      dates: { completed: of.completed_on },
    } as Parameters<typeof decideCase>[0]['given'],
  });
  const latest = deadlines.sort((a, b) => a.due.localeCompare(b.due)).at(-1);
  const rule = rules.find((one) => one.id === latest?.rule);
  if (!latest || !rule) return configured(edition, of.completed_on) ?? nothing;
  return { keep_until: latest.due, rule: rule.id, citation: rule.citation };
}

const isRetention = (rule: Rule): boolean =>
  rule.template === 'deadline' && [rule.start].flat().includes(COMPLETED);

function configured(edition: Edition, completed_on: string): KeepUntil | null {
  const years = settled<number>(edition, YEARS);
  if (typeof years !== 'number') return null;
  const entry = edition.configuration[YEARS]!;
  return {
    keep_until: dueDate(completed_on, { years }),
    rule: null,
    citation: { title: `${edition.name} 設定 ${YEARS}`, place: entry.place },
  };
}
