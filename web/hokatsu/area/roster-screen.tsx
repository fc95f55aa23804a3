import './area.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { addMonths } from '../../../shared/calendar/days.ts';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { AreaChoice, CityChoice, MonthChoice, usePlace } from '../../shared/places/place-choice.tsx';
import { monthText, today } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { type RosterAddress, type RosterTotals, rosterCsv, rosterQuery } from './roster-query.ts';
import { RosterTable } from './roster-table.tsx';
import { SamplesDialog } from './samples-dialog.tsx';

const FILTERS = {
  all: '全員',
  papers: 'この月の書類あり',
  without: 'この月の書類なし',
  ending: '認定が来月末までに終わる',
  overdue: '期限を過ぎたもの',
  missing: '書類が足りない',
  switched: '区分の切り替え',
  waiting: '確認待ち',
} as const;
type Filter = keyof typeof FILTERS;

/** 圏域の利用者: everyone of an area in a month. City, area, month and filter are in the address; names are not. */
export function RosterScreen() {
  const { params, setParams, cities, city, areas, area, areaName } = usePlace();
  const month = params.get('month') ?? today().slice(0, 7);
  const change = (next: Record<string, string>): void =>
    setParams({ ...Object.fromEntries(params), ...next });
  return (
    <Screen title="圏域の利用者" about={`${areaName ?? ''}　${monthText(month)}`}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key, month })} />
        <AreaChoice areas={areas} area={area} onChange={(key) => change({ area: key })} />
        <MonthChoice months={months(month)} month={month} onChange={(key) => change({ month: key })} />
      </div>
      {city && area ? (
        <Roster
          address={{ city, area, month }}
          isChosen={params.has('month')}
          filter={filterOf(params.get('filter'))}
          category={params.get('category') ?? ''}
          onChange={change}
        />
      ) : (
        <Empty>登録簿がまだ取り込まれていないか、担当の圏域が決まっていません。</Empty>
      )}
    </Screen>
  );
}

const filterOf = (text: string | null): Filter =>
  text !== null && Object.hasOwn(FILTERS, text) ? (text as Filter) : 'all';

/** Two years of months up to now, and the one shown. */
function months(shown: string): string[] {
  const now = today().slice(0, 7);
  const all = Array.from({ length: 24 }, (_, n) => addMonths(now, -n));
  return [...new Set([...all, shown])].sort().reverse();
}

interface RosterProps {
  address: RosterAddress;
  /** the user asked for the month: it stays, also where it is empty */
  isChosen: boolean;
  filter: Filter;
  category: string;
  onChange: (next: Record<string, string>) => void;
}

function Roster({ address, isChosen, filter, category, onChange }: RosterProps) {
  const query = useInfiniteQuery(rosterQuery(address, filter, category));
  const [isDrawing, setDrawing] = useState(false);
  const latest = query.data?.pages[0]?.latest_month;
  if (!isChosen && latest)
    return <Navigate replace to={`?${new URLSearchParams({ ...address, month: latest })}`} />;
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const people = pages.flatMap((page) => page.people);
        const [first] = pages;
        return (
          <>
            {first && <Totals totals={first} filter={filter} category={category} onChange={onChange} />}
            <div className="list-head">
              <p>
                {first?.total ?? 0}人　氏名の順{query.hasNextPage && `（${people.length}人まで表示）`}
              </p>
              <SaveButton request={() => rosterCsv(address, filter, category)}>CSVで保存する</SaveButton>
              <Button onPress={() => setDrawing(true)}>抽出する</Button>
            </div>
            <RosterTable city={address.city} month={address.month} people={people} />
            <MoreButton query={query} />
            {isDrawing && <SamplesDialog address={address} onClose={() => setDrawing(false)} />}
          </>
        );
      }}
    </Loaded>
  );
}

/** The numbers are the filters: each opens the people behind it. */
function Totals(props: { totals: RosterTotals } & Pick<RosterProps, 'filter' | 'category' | 'onChange'>) {
  const { totals, filter, category, onChange } = props;
  const words = useWords();
  return (
    <>
      <ul className="totals" aria-label="絞り込み">
        {(Object.keys(FILTERS) as Filter[]).map((key) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === filter}
              onClick={() => onChange({ filter: key, category: '' })}
            >
              <span className="total">{totals.filters[key]}</span>
              <span>{FILTERS[key]}</span>
            </button>
          </li>
        ))}
      </ul>
      <ul className="totals small" aria-label="区分">
        {Object.entries(totals.categories).map(([key, count]) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === category}
              onClick={() => onChange({ filter: 'all', category: key === category ? '' : key })}
            >
              <span className="total">{count}</span>
              <span>{key === 'undecided' ? '区分が決まらない' : word(words.categories, key)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
