import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, MonthChoice, useCities } from '../../shared/places/place-choice.tsx';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { totalOf } from '../numbers/number-words.ts';
import { summariesQuery, trendQuery } from '../numbers/numbers-queries.ts';
import { RuleList } from './rule-list.tsx';
import { type ListedRule, rulesQuery } from './rules-queries.ts';

/** 規則: the rules in force, with citation, dates and what each sent back in the month. */
export function RulesScreen() {
  const [params, setParams] = useSearchParams();
  const cities = useCities();
  const city = params.get('city') ?? cities[0] ?? null;
  const name = word(useWords().cities, city);
  const { data: trend } = useQuery({ ...trendQuery(city ?? ''), enabled: city !== null });
  const months = (trend?.months ?? []).map(({ month }) => month).filter((month) => month !== 'unknown');
  const month = params.get('month') ?? months[0] ?? null;
  return (
    <Screen title="いまの規則" about={month ? `${name} ${monthText(month)}` : name}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        <MonthChoice
          months={months}
          month={month}
          onChange={(key) => setParams({ city: city ?? '', month: key })}
        />
      </div>
      {city && (
        <p className="screen-only">
          <Link to={`/city/replay?${new URLSearchParams({ city })}`}>
            規則を直すと判定がどう変わるかを試す
          </Link>
        </p>
      )}
      {city && <Rules city={city} month={month} />}
    </Screen>
  );
}

function Rules({ city, month }: { city: string; month: string | null }) {
  const [search, setSearch] = useState('');
  const query = useQuery(rulesQuery(city, month));
  const { data } = useQuery({ ...summariesQuery(city, month ?? ''), enabled: month !== null });
  const returned = new Map(
    totalOf(data?.summaries ?? [], 'returned_rules').map(({ key, count }) => [key, count]),
  );
  return (
    <Loaded query={query}>
      {({ rules }) => {
        const shown = rules.filter((rule) => includes(rule, search));
        const own = shown.filter(({ scope }) => scope === 'city');
        const national = shown.filter(({ scope }) => scope === 'national');
        return (
          <>
            <div className="screen-only">
              <TextField
                label="規則を探す"
                hint="規則番号、条文、ことばのどれか"
                value={search}
                onChange={setSearch}
              />
            </div>
            <RuleList title={`市の規則（${own.length}）`} rules={own} {...{ city, month, returned }} />
            <RuleList
              title={`全国に共通の規則（${national.length}）`}
              rules={national}
              {...{ city, month, returned }}
            />
          </>
        );
      }}
    </Loaded>
  );
}

const includes = ({ rule, summary, citation, when }: ListedRule, search: string): boolean =>
  [rule, summary, citation.title, citation.place, when].join(' ').includes(search.trim());
