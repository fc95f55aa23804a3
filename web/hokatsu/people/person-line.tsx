import { addMonths } from '../../../shared/calendar/days.ts';
import { monthText } from '../../shared/text/dates.ts';
import type { PersonMonth } from './people-query.ts';

/** Months shown, the newest last: they fit a screen. */
const MOST_MONTHS = 24;

const ROUTES: Record<string, { name: string; short: string }> = {
  direct: { name: '直接', short: '直' },
  itaku: { name: '委託', short: '委' },
  center: { name: '包括', short: '包' },
  kyotaku: { name: '居宅介護支援', short: '居' },
};

/** The months of a person as a line: a mark for each, a break where the category switched, a gap where nothing came. */
export function PersonLine({ months }: { months: readonly PersonMonth[] }) {
  const known = new Map(months.map((one) => [one.month, one]));
  const shown = monthsIn(months).slice(-MOST_MONTHS);
  return (
    <ol className="person-line" aria-label="月ごとの区分">
      {shown.map((month, i) => {
        const one = known.get(month);
        const before = known.get(shown[i - 1] ?? '');
        const route = one?.route ? ROUTES[one.route] : undefined;
        const classes = [
          'line-month',
          one?.route ?? 'none',
          isSwitch(one, before) && 'switched',
          one?.decision,
        ];
        return (
          <li key={month} className={classes.filter(Boolean).join(' ')} title={titleOf(month, one)}>
            <a href={`#month-${month}`} onClick={(event) => showMonth(event, month)}>
              <span className="line-mark" aria-hidden="true">
                {one ? (route?.short ?? '？') : '・'}
              </span>
              <span className="line-name">{shortMonth(month)}</span>
              <span className="visually-hidden">{titleOf(month, one)}</span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}

/** Another category than the month before, as the desk recorded it or as the two months show. */
const isSwitch = (one: PersonMonth | undefined, before: PersonMonth | undefined): boolean =>
  Boolean(one?.switched_from) ||
  Boolean(one?.category && before?.category && one.category !== before.category);

/** Every month from the first to the last, also those without papers. */
function monthsIn(months: readonly PersonMonth[]): string[] {
  const named = months
    .map(({ month }) => month)
    .filter((month) => /^\d{4}-\d{2}$/.test(month))
    .sort();
  const [first, last] = [named[0], named.at(-1)];
  if (!first || !last) return [];
  const all: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) all.push(month);
  return all;
}

function titleOf(month: string, one: PersonMonth | undefined): string {
  if (!one) return `${monthText(month)} 書類なし`;
  const route = one.route ? ROUTES[one.route]?.name : '区分が決まらない';
  return `${monthText(month)} ${route}${one.switched_from ? '（切り替え）' : ''}`;
}

/** 2024-07 → 7月, and the year with its first month */
function shortMonth(month: string): string {
  const [year, number] = month.split('-');
  return Number(number) === 1 ? `${year}年1月` : `${Number(number)}月`;
}

/** The address of the page is that of the screen: the month is scrolled to, not navigated to. */
function showMonth(event: React.MouseEvent, month: string): void {
  event.preventDefault();
  const target = document.getElementById(`month-${month}`);
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}
