import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { CityChoice, useCities } from '../../shared/places/place-choice.tsx';
import { UNKNOWN_CITY } from '../../shared/places/registry-query.ts';
import { useUser } from '../../shared/sign-in/user.ts';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { MonthNumbers } from './month-numbers.tsx';
import { type Summary, summariesQuery } from './summaries-query.ts';

/** 数字: a city's month by area. City and month are in the address. */
export function NumbersScreen() {
  const [params, setParams] = useSearchParams();
  const known = useCities();
  const isOperator = useUser().roles.includes('operator');
  const cities = isOperator ? [...known, UNKNOWN_CITY] : known;
  const city = params.get('city') ?? cities[0] ?? null;
  const name = word(useWords().cities, city);
  const query = useQuery({ ...summariesQuery(city ?? ''), enabled: city !== null });
  const months = monthsOf(query.data?.summaries ?? []);
  const month = params.get('month') ?? months[0] ?? null;
  return (
    <Screen title="圏域ごとの数字" about={month ? `${name} ${monthText(month)}` : name}>
      <div className="choices">
        <CityChoice cities={cities} city={city} onChange={(key) => setParams({ city: key })} />
        {months.length > 0 && city && (
          <Select
            label="提供月"
            options={months.map((one) => ({ value: one, label: monthText(one) }))}
            value={month}
            onChange={(key) => setParams({ city, month: key })}
          />
        )}
      </div>
      <Loaded query={query}>
        {({ summaries }) => {
          const shown = summaries.filter((one) => one.month === month);
          return shown.length === 0 || !city ? (
            <Empty>この市の件数はまだありません。</Empty>
          ) : (
            <MonthNumbers city={city} summaries={shown} />
          );
        }}
      </Loaded>
    </Screen>
  );
}

/** The newest month first; the month no one could read last. */
function monthsOf(summaries: Summary[]): string[] {
  const months = [...new Set(summaries.map((one) => one.month))];
  const known = months.filter((month) => month !== 'unknown').sort();
  return [...known.reverse(), ...months.filter((month) => month === 'unknown')];
}
